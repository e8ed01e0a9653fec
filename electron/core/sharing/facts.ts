import type { RefusalCode } from './protocol.ts';
import type { SetupStepId } from './setup-plan.ts';

/** The program that may write to the shared store, as far as it can be found. */
export interface ShareHelper {
  /** Absolute path of what is called `0store-secure-add-helper`. */
  readonly path: string;
  /** Of `0store-secure-add-stream` beside it, which takes everything from standard input; null if there is none. */
  readonly streamPath: string | null;
}

/** Why something was stored for one user alone although there is a shared store. */
export type PrivateReason =
  | { readonly kind: 'no-helper' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

/** What is wrong about a part of a step. */
export interface PartProblem {
  readonly kind: 'missing' | 'owner' | 'mode' | 'content' | 'kind' | 'unsupported';
  readonly what: string;
  readonly found: string;
}

/** What is there of a step: the first problem, or `unknown` if only root may look. */
export interface StepFacts {
  readonly id: SetupStepId;
  readonly state: 'ok' | 'unknown' | 'missing' | 'broken';
  readonly problem: PartProblem | null;
}

/** How a call that asks for nothing ended. */
export type Trial =
  | { readonly isOk: true; readonly keepsAccounts: boolean }
  /** In its words. */
  | { readonly isOk: false; readonly reason: string };
