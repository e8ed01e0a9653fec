/** Seconds after an attempt in which a feed is not tried again by itself. */
const retrySeconds = 3600;

/** A time further ahead than this is taken for a mistake. */
const maxAheadSeconds = 24 * 3600;

/** What is known of the last visits to a feed; seconds since 1970. */
export interface FeedVisits {
  readonly now: number;
  /** The last successful check. */
  readonly lastChecked: number | null;
  readonly lastAttempt: number | null;
  /** 0 or less: a feed that was checked once is never looked for again by itself. */
  readonly freshnessSeconds: number;
}

/**
 * Whether a cached feed should be looked for again.
 *
 * @see trust-and-download.md 6
 */
export function isFeedStale({ now, lastChecked, lastAttempt, freshnessSeconds }: FeedVisits): boolean {
  if (lastAttempt !== null && Math.abs(now - lastAttempt) < retrySeconds) return false;
  if (lastChecked === null || lastChecked > now + maxAheadSeconds) return true;
  return freshnessSeconds > 0 && now - lastChecked >= freshnessSeconds;
}
