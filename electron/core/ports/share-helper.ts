import type { ShareHelper } from '../sharing/facts.ts';
import type { Reply, Request } from '../sharing/protocol.ts';

/** Asks the helper of the shared store what is not about adding. */
export interface ShareHelperPort {
  /** Looked for anew; null if there is none, or if everything is portable. */
  find(): ShareHelper | null;
  /**
   * @returns null if there is no helper that can be asked
   * @throws AppError `share-failed` if it does not answer as it must
   */
  ask(request: Exclude<Request, { readonly request: 'add' }>, signal?: AbortSignal): Promise<Reply | null>;
}
