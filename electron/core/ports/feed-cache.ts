/** Cached remote feeds, byte for byte as signed. @see trust-and-download.md 5.4 */
export interface FeedCachePort {
  /** `null` if not cached. */
  read(url: string): Promise<Uint8Array | null>;
  /** Temporary file + rename, under a per-feed lock against other processes. */
  write(url: string, bytes: Uint8Array): Promise<void>;
  /** URLs of all cached feeds, sorted. */
  list(): Promise<readonly string[]>;
  /** Milliseconds since 1970 of the last attempt to fetch it; `null` = never. */
  lastAttempt(url: string): Promise<number | null>;
  touchAttempt(url: string): Promise<void>;
}
