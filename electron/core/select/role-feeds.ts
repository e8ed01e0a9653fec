import type { Feed, FeedImport } from '../feed/model.ts';
import type { Role } from './model.ts';
import { runsOnCpu, runsOnOs, type Platform } from './platform.ts';
import { failureReason, SelectFailure } from './select-failure.ts';
import type { FeedLookup, SelectWorld } from './world.ts';

/** A feed that has, or could have, implementations of an interface. */
export interface RoleFeed {
  readonly name: string;
  readonly origin: 'main' | 'imported' | 'user' | 'native' | 'site-package';
  readonly os: string | null;
  readonly cpu: string | null;
  /** Whether its system and processor are wanted; otherwise it is not looked up. */
  readonly isUsed: boolean;
  /** `null` if it was not looked up. */
  readonly lookup: FeedLookup | null;
}

/** The feeds of a role. */
export interface RoleFeeds {
  /** As the reference reads them, which reports show: the main one, imports from the last to the first, added ones. */
  readonly feeds: readonly RoleFeed[];
  /** The feed named like the interface, if it can be had. */
  readonly master: Feed | null;
  /** Problems, in the order of selection.md 7.1. */
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

interface Problems {
  readonly notes: string[];
  readonly warnings: string[];
}

/** How far imports are followed. */
export interface ImportRules {
  readonly platform: Platform;
  readonly mayCompile: boolean;
  /** The interface that the person named. */
  readonly root: string;
}

/**
 * Looks up the feeds of a role: the one named like the interface, those it imports (one level), then those added from
 * outside.
 *
 * @throws SelectFailure if the interface is no name of a feed, or a cached copy of its feed is unusable
 * @see selection.md 7.1, feeds.md 2.3 and 3.1
 */
export function findRoleFeeds(role: Role, world: SelectWorld, rules: ImportRules): RoleFeeds {
  const { interface: uri } = role;
  checkName(uri);
  const problems: Problems = { notes: [], warnings: [] };
  const imported = (entry: FeedImport, origin: RoleFeed['origin']): RoleFeed => {
    const isUsed = isWanted(entry, role.isSource, rules);
    const lookup = isUsed ? withRatings(entry.src, world) : null;
    if (lookup !== null) noteImport(entry.src, lookup, problems);
    return { name: entry.src, origin, os: entry.os, cpu: entry.cpu, isUsed, lookup };
  };

  // Notes about added feeds come first, although their implementations come last.
  const added = addedFeeds(uri, world).map(({ origin, ...entry }) => imported(entry, origin));
  const lookup = withRatings(uri, world);
  const master = lookup.status === 'ready' ? lookup.feed : null;
  noteMaster({ uri, isRoot: uri === rules.root }, lookup, problems);
  const imports = [...(master?.imports ?? [])].reverse().map((entry) => imported(entry, 'imported'));
  const main: RoleFeed = { name: uri, origin: 'main', os: null, cpu: null, isUsed: true, lookup };
  return { feeds: [main, ...imports, ...added], master, ...problems };
}

function checkName(uri: string): void {
  if (!isFeedName(uri)) throw new SelectFailure(`Invalid feed URL '${uri}'`);
  if (/^https?:\/\/[^/]*$/.test(uri)) {
    const reason = `Invalid URL '${uri}' (missing third slash)`;
    throw new SelectFailure(`${reason}\n... reading configuration settings for interface ${uri}`);
  }
}

/** Whether a text can name an interface: an absolute path, or an address. @see feeds.md 0.1 */
export function isFeedName(name: string): boolean {
  return name.startsWith('/') || /^https?:\/\//.test(name) || /^[A-Za-z]:[\\/]/.test(name);
}

/** Feeds added by the distribution, by local builds and by the person, in this order. @see feeds.md 16.2 */
function addedFeeds(uri: string, world: SelectWorld): readonly (FeedImport & Pick<RoleFeed, 'origin'>)[] {
  const native = world.nativeFeed(uri);
  const built = world.sitePackages(uri);
  const anywhere = { os: null, cpu: null };
  return [
    ...(native === null ? [] : [{ ...anywhere, src: native, origin: 'native' as const }]),
    ...built.map((src) => ({ ...anywhere, src, origin: 'site-package' as const })),
    ...world
      .interfacePreferences(uri)
      .feeds.filter(({ src }) => !built.includes(src))
      .map((entry) => ({ ...entry, origin: 'user' as const })),
  ];
}

/** A feed whose ratings cannot be read is as bad as a damaged one, even if it has no implementations. */
function withRatings(name: string, world: SelectWorld): FeedLookup {
  const lookup = world.feed(name);
  if (lookup.status !== 'ready') return lookup;
  try {
    world.feedPreferences(name);
    return lookup;
  } catch (error) {
    const reason = failureReason(error);
    if (reason === null) throw error;
    return { status: 'bad', reason, isFatal: true };
  }
}

function isWanted({ os, cpu }: FeedImport, isSource: boolean, { platform, mayCompile }: ImportRules): boolean {
  if (!runsOnOs(platform, os)) return false;
  if (cpu === null) return true;
  if (cpu === 'src') return isSource || mayCompile;
  return !isSource && runsOnCpu(platform, cpu);
}

function noteMaster(
  { uri, isRoot }: { readonly uri: string; readonly isRoot: boolean },
  lookup: FeedLookup,
  { notes, warnings }: Problems,
): void {
  if (lookup.status === 'bad') {
    if (lookup.isFatal || (isRoot && lookup.isNoFeed === true)) throw new SelectFailure(lookup.reason);
    warnings.push(`Can't read local file '${uri}': ${lookup.reason}`);
  }
  if (lookup.status !== 'ready') notes.push(`Main feed '${uri}' not available`);
}

function noteImport(name: string, lookup: FeedLookup, { notes, warnings }: Problems): void {
  if (lookup.status === 'bad' && lookup.isFatal) {
    const note = `Error getting imported feed '${name}': ${lookup.reason}`;
    notes.push(note);
    warnings.push(note);
    return;
  }
  if (lookup.status === 'bad') warnings.push(`Can't read local file '${name}': ${lookup.reason}`);
  if (lookup.status !== 'ready') notes.push(`Imported feed '${name}' not available`);
}
