import type { FeedPreferences, InterfacePreferences, Registration } from '../feed/preferences.ts';
import type { Stability } from '../../../shared/model/stability.ts';

/** Per-user settings of interfaces and feeds, in the reference's files. @see feeds.md 16 */
export interface PreferencesPort {
  readInterface(uri: string): Promise<InterfacePreferences>;
  /** `null` removes the policy. */
  setPolicy(uri: string, policy: Stability | null): Promise<void>;
  addFeed(uri: string, feed: string): Promise<void>;
  /** @returns what was removed, for `putFeedBack` */
  removeFeed(uri: string, feed: string): Promise<readonly Registration[]>;
  /** Registers feeds as they were before they were removed. */
  putFeedBack(uri: string, removed: readonly Registration[]): Promise<void>;
  readFeed(feed: string): Promise<FeedPreferences>;
  /** `null` removes the rating; `last-checked` stays. */
  setRating(feed: string, id: string, rating: Stability | null): Promise<void>;
  /** Seconds since 1970. */
  setLastChecked(feed: string, seconds: number): Promise<void>;
}
