import type { Stability } from '../../../shared/model/stability.ts';
import type { XmlElement } from '../xml/element.ts';

/** What a person has set for an interface. @see feeds.md 16.2 */
export interface InterfacePreferences {
  readonly policy: Stability | null;
  /** Registered by hand (site-package entries left out), newest first. `os`/`cpu` null = any. */
  readonly feeds: readonly { readonly src: string; readonly os: string | null; readonly cpu: string | null }[];
}

/** What a person has set for the versions of a feed. @see feeds.md 16.3 */
export interface FeedPreferences {
  /** Seconds since 1970; `null` = never checked. */
  readonly lastChecked: number | null;
  readonly ratings: ReadonlyMap<string, Stability>;
}

/** How a feed is registered for an interface: what is written, and its place among the settings. */
export interface Registration {
  readonly index: number;
  readonly element: XmlElement;
}
