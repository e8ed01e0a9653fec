import type { Feed, Language, PackageImplementation } from '../feed/model.ts';
import type { FeedPreferences, InterfacePreferences } from '../feed/preferences.ts';
import type { NativePackages } from './native-packages.ts';

/**
 * Everything selecting may look at, all synchronous. Made by an adapter from files (`adapters/feeds`), by tests from cases.
 * Answers must not change during one solve.
 */
export interface SelectWorld {
  readonly host: Host;
  /** A feed by URL or absolute path, from the cache or from disk. */
  feed(name: string): FeedLookup;
  interfacePreferences(uri: string): InterfacePreferences;
  /** Also for `distribution:FEED`. */
  feedPreferences(feed: string): FeedPreferences;
  /** The distribution's feed for this interface (its resolved path), if any. */
  nativeFeed(uri: string): string | null;
  /** Feeds of locally built versions; `warnings` name builds without a feed. */
  sitePackages(uri: string): readonly string[];
  /** The store that has an implementation under one of these directory names. */
  stored(directories: readonly string[]): { readonly path: string; readonly store: string } | null;
  /** Whether a local directory or file exists. */
  exists(path: string): boolean;
  /**
   * Installed packages, of whatever version, for the elements of a feed that fit best (often there are none). A few feeds
   * also stand for the Python of the host.
   */
  packages(feed: string, elements: readonly PackageImplementation[]): NativePackages;
}

export type FeedLookup = { readonly status: 'ready'; readonly feed: Feed } | { readonly status: 'missing' } | BadFeed;

/** A feed that cannot be used. @see feeds.md 2.1 and 2.3 */
export interface BadFeed {
  readonly status: 'bad';
  readonly reason: string;
  /** A rejected cached feed ends selecting; a local one is as if it were not there. */
  readonly isFatal: boolean;
  /** No feed at all, but some other file: that ends selecting if it is the one the person named. */
  readonly isNoFeed?: boolean;
}

/** The machine and the person. */
export interface Host {
  readonly os: string;
  readonly cpu: string;
  /** False only on Linux without `/lib/ld-linux.so.2`. @see selection.md 5.3 */
  readonly hasMultiArch: boolean;
  /** Best first, English included last. @see selection.md 6 */
  readonly languages: readonly Language[];
  /** `Debian`, … or `fallback`. @see feeds.md 7.1 */
  readonly distribution: string;
}
