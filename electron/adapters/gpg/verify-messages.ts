import type { Result } from '../../../shared/errors/app-error.ts';
import type { CheckRequest } from '../../core/ports/documents.ts';
import type { VerifyRequest } from '../../core/ports/signature.ts';

/** What the worker can be asked. Signals stay outside: a check that nobody waits for is finished and forgotten. */
export type VerifyTask =
  | { readonly type: 'verify'; readonly request: Omit<VerifyRequest, 'signal'> }
  | { readonly type: 'check'; readonly request: Omit<CheckRequest, 'signal'> };

/** A task with the number its answer carries. */
export interface VerifyMessage {
  readonly id: number;
  readonly task: VerifyTask;
}

/** The worker's answer. */
export interface VerifyReply {
  readonly id: number;
  readonly result: Result<unknown>;
}

/** What the worker is started with. */
export interface VerifyWorkerData {
  readonly env: Readonly<Record<string, string | undefined>>;
}
