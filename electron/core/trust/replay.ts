/** What comparing a new feed with the stored one shows; times in seconds since 1970. */
export type ReplayVerdict =
  | { readonly verdict: 'store' }
  | { readonly verdict: 'older'; readonly newTime: number; readonly oldTime: number }
  /** The stored feed has no signature by a key that is trusted now. */
  | { readonly verdict: 'unverifiable' };

/**
 * The time of a feed: that of its oldest trusted signature, so that a fresh signature does not make an old feed new.
 *
 * @param trusted its signatures by keys that are trusted now; `createdAt` in seconds since 1970
 * @returns seconds since 1970; `null` without a trusted signature
 */
export function feedTime(trusted: readonly { readonly createdAt: number }[]): number | null {
  return trusted.length === 0 ? null : Math.min(...trusted.map(({ createdAt }) => createdAt));
}

/**
 * Whether a new feed may take the place of the stored one. Equal times are allowed even with other content.
 *
 * @see trust-and-download.md 5.3
 */
export function compareFeedTimes(newTime: number, oldTime: number | null): ReplayVerdict {
  if (oldTime === null) return { verdict: 'unverifiable' };
  return newTime < oldTime ? { verdict: 'older', newTime, oldTime } : { verdict: 'store' };
}
