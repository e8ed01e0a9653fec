/** The part of logic-solver that we use; it has no types of its own. Terms are names, `-name` is the opposite. */
declare module 'logic-solver' {
  interface Formula {
    readonly type: string;
  }
  class Solution {
    evaluate(term: string): boolean;
    /** From here on terms that occur in no formula are false, not an error. */
    ignoreUnknownVariables(): void;
  }
  class Solver {
    require(...terms: (string | Formula)[]): void;
    solve(): Solution | null;
    solveAssuming(term: string | Formula): Solution | null;
  }
  const api: {
    readonly Solver: typeof Solver;
    or(...terms: string[]): Formula;
    and(...terms: string[]): Formula;
    atMostOne(...terms: string[]): Formula;
  };
  export default api;
  export type { Formula, Solution, Solver };
}
