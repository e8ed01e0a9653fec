import type { Problem } from './problem.ts';

/** An engine that finds the best answer of a problem. Engines differ in speed only, never in the answer. */
export interface SatPort {
  /**
   * Answers the questions one at a time, beginning at the root and going on, depth first, with the questions that follow the
   * chosen member. Each answer is the first member for which the rules and all earlier answers can still be met together.
   * Whatever no question or rule asks for stays false.
   *
   * @param shouldStop asked now and then; if it says yes, the engine gives up
   * @see selection.md 10
   */
  solve(problem: Problem, shouldStop?: () => boolean): SatAnswer;
}

export type SatAnswer =
  /** `chosen`, by question: the index of the member that is true, or -1. */
  | { readonly status: 'solved'; readonly chosen: Int32Array; readonly conflicts: number }
  | { readonly status: 'impossible'; readonly conflicts: number }
  | { readonly status: 'stopped' };
