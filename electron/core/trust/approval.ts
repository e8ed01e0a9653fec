import type { KeyHint } from '../../../shared/model/job.ts';
import type { Weakness } from './validity.ts';

/** A key that signed a feed but is not trusted for its domain, with what could be learned of it in time. */
export interface UntrustedKey {
  readonly fingerprint: string;
  readonly weaknesses: readonly Weakness[];
  /** `null`: nothing arrived in time. */
  readonly hints: readonly KeyHint[] | null;
}

/** When keys may be approved without a question. */
export interface ApprovalPolicy {
  readonly autoApproveKeys: boolean;
  /** The feed has been here before. */
  readonly isCached: boolean;
}

/**
 * The keys that become trusted without a question: only for a feed met for the first time, only strong ones, only with a
 * good word and without a bad one.
 *
 * @see trust-and-download.md 4.3
 */
export function automaticallyApproved(keys: readonly UntrustedKey[], policy: ApprovalPolicy): readonly string[] {
  if (!policy.autoApproveKeys || policy.isCached) return [];
  return keys.filter(hasOnlyGoodHints).map(({ fingerprint }) => fingerprint);
}

function hasOnlyGoodHints({ hints, weaknesses }: UntrustedKey): boolean {
  return weaknesses.length === 0 && hints !== null && hints.length > 0 && hints.every(({ vote }) => vote === 'good');
}
