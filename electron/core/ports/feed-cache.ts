import type { Validators } from './http.ts';

/** Cached remote feeds, byte for byte as signed. @see trust-and-download.md 5.4 */
export interface FeedCachePort {
  /** `null` if not cached. */
  read(url: string): Promise<Uint8Array | null>;
  /** Temporary file + rename. Who compares with the old one first does both inside `FeedLocks.exclusively`. */
  write(url: string, bytes: Uint8Array): Promise<void>;
  /** URLs of all cached feeds, sorted. */
  list(): Promise<readonly string[]>;
  /** Milliseconds since 1970 of the last attempt to fetch it; `null` = never. */
  lastAttempt(url: string): Promise<number | null>;
  touchAttempt(url: string): Promise<void>;
  /** What the server said of the cached feed; `null` if nothing, or if the cached one is not the one it was said of. */
  validators(url: string): Promise<Validators | null>;
  /** Remembers what a server said of a feed with exactly these bytes; `null` forgets. */
  setValidators(url: string, bytes: Uint8Array, validators: Validators | null): Promise<void>;
}

/** Keeps others, also other processes of ours, from changing a feed between two steps. */
export interface FeedLocks {
  /**
   * Runs an action while nobody else holds this feed. Must not be nested for the same feed.
   *
   * @throws AppError `file-failed` if another process holds it for too long
   */
  exclusively<T>(url: string, action: () => Promise<T>): Promise<T>;
}
