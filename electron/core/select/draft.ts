import type { FeedImport } from '../feed/model.ts';
import type { Overrides, SelectQuery } from './model.ts';
import type { SelectWorld } from './world.ts';

type FeedChanges = NonNullable<Overrides['feeds']>;

/** The query with a draft laid over what it overrides already. */
export function withDraft(query: SelectQuery, draft: Overrides): SelectQuery {
  return { ...query, overrides: mergeDrafts(query.overrides ?? {}, draft) };
}

/** Both drafts; where they differ the second one counts. */
export function mergeDrafts(one: Overrides, other: Overrides): Overrides {
  const feeds = new Set([...Object.keys(one.ratings ?? {}), ...Object.keys(other.ratings ?? {})]);
  const ratings = Object.fromEntries(
    [...feeds].map((feed) => [feed, { ...ownValue(one.ratings, feed), ...ownValue(other.ratings, feed) }]),
  );
  return {
    ...one,
    ...other,
    ratings,
    policies: { ...one.policies, ...other.policies },
    feeds: { ...one.feeds, ...other.feeds },
    restrictions: { ...one.restrictions, ...other.restrictions },
  };
}

/** Puts what overrides say about the requirements and the policy there. Applying them again changes nothing. */
export function withOverrides(query: SelectQuery): SelectQuery {
  const { requirements, policy, overrides } = query;
  if (overrides === undefined) return query;
  const { restrictions: changed = {}, command, os, cpu, mayCompile, networkUse, helpWithTesting } = overrides;
  const kept = Object.entries(requirements.restrictions).filter(([uri]) => !Object.hasOwn(changed, uri));
  const added = Object.entries(changed).flatMap(([uri, text]) => (text === null ? [] : [[uri, text] as const]));
  return {
    ...query,
    requirements: {
      ...requirements,
      command: command === undefined ? requirements.command : command,
      os: os === undefined ? requirements.os : os,
      cpu: cpu === undefined ? requirements.cpu : cpu,
      mayCompile: mayCompile ?? requirements.mayCompile,
      restrictions: Object.fromEntries([...kept, ...added]),
    },
    policy: {
      ...policy,
      networkUse: networkUse ?? policy.networkUse,
      helpWithTesting: helpWithTesting ?? policy.helpWithTesting,
    },
  };
}

/** The world as it would be if feeds were registered, and others not. */
export function withDraftFeeds(world: SelectWorld, changes: FeedChanges | undefined): SelectWorld {
  if (changes === undefined || Object.keys(changes).length === 0) return world;
  return {
    host: world.host,
    feed: (name) => world.feed(name),
    feedPreferences: (feed) => world.feedPreferences(feed),
    nativeFeed: (uri) => world.nativeFeed(uri),
    sitePackages: (uri) => world.sitePackages(uri),
    stored: (directories) => world.stored(directories),
    exists: (path) => world.exists(path),
    packages: (feed, elements) => world.packages(feed, elements),
    interfacePreferences(uri) {
      const stored = world.interfacePreferences(uri);
      const change = ownValue(changes, uri);
      return change === undefined ? stored : { ...stored, feeds: changeFeeds(stored.feeds, change) };
    },
  };
}

/** As registering writes them: the latest first, and none twice. */
function changeFeeds(
  stored: readonly FeedImport[],
  { added = [], removed = [] }: FeedChanges[string],
): readonly FeedImport[] {
  const kept = stored.filter(({ src }) => !removed.includes(src));
  const isNew = (src: string, index: number) =>
    added.indexOf(src) === index && !kept.some((known) => known.src === src);
  const fresh = added.filter(isNew).map((src): FeedImport => ({ src, os: null, cpu: null }));
  return [...fresh.reverse(), ...kept];
}

/** A value of a record from outside, whose keys may also be names that every object has. */
export function ownValue<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
