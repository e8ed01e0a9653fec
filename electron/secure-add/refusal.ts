import type { RefusalCode } from '../core/sharing/protocol.ts';

/**
 * Why the helper does not do what it was asked. What it says goes to the caller, so it tells nothing but the name that the
 * caller sent and what is fixed text here: nothing about contents, other users or places.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** Fixed text. */
  readonly reason: string;
  /** Inside the tree, as the caller's manifest names it. */
  readonly path: string | null;

  constructor(code: RefusalCode, reason: string, path: string | null = null) {
    super(path === null ? reason : `${path}: ${reason}`);
    this.name = 'Refusal';
    this.code = code;
    this.reason = reason;
    this.path = path;
  }
}
