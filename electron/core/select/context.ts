import type { Stability } from '../../../shared/model/stability.ts';
import { languageScores, type LanguageScores } from '../feed/languages.ts';
import type { Dependency, Language, Restriction } from '../feed/model.ts';
import { parseRestriction } from '../feed/restriction.ts';
import { AvailabilityCheck } from './availability.ts';
import type { RoleCandidates } from './candidates.ts';
import { ownValue, withDraftFeeds, withOverrides } from './draft.ts';
import type { SelectQuery } from './model.ts';
import { applies, targetPlatform, type Platform } from './platform.ts';
import type { SelectWorld } from './world.ts';

/** One selection under way: what was asked, and what came to light. */
export interface SelectContext {
  /** With its overrides applied, as far as they concern what is asked. */
  readonly query: SelectQuery;
  readonly world: SelectWorld;
  readonly platform: Platform;
  readonly languages: LanguageScores;
  /** For what feeds tell. */
  readonly textLanguages: readonly Language[];
  readonly availability: AvailabilityCheck;
  readonly usedFeeds: Set<string>;
  readonly warnings: Set<string>;
  /** Names of native packages that feeds looked at mention. */
  readonly packageNames: Set<string>;
  /** What the person allows of an interface; null = anything. */
  userRestriction(uri: string): Restriction | null;
  /** The person's ratings of a feed's implementations by id, as stored and as tried. */
  userRatings(feed: string): ReadonlyMap<string, Stability>;
  userPolicy(uri: string): Stability | null;
  applies(dependency: Dependency): boolean;
  /** Changes which candidates of a role take part. */
  readonly adjust: Adjust;
}

/** For questions such as "and if this were the only version?". */
export type Adjust = (found: RoleCandidates, context: SelectContext) => RoleCandidates;

/** Starts a selection. */
export function createSelectContext(
  asked: SelectQuery,
  realWorld: SelectWorld,
  adjust: Adjust = (found) => found,
): SelectContext {
  const query = withOverrides(asked);
  const { requirements, overrides } = query;
  const world = withDraftFeeds(realWorld, overrides?.feeds);
  const platform = targetPlatform(requirements, world.host);
  const restrictions = new Map<string, Restriction>();
  for (const [uri, text] of Object.entries(requirements.restrictions)) restrictions.set(uri, parseRestriction(text));
  const ratings = new Map<string, ReadonlyMap<string, Stability>>();
  return {
    query,
    world,
    platform,
    languages: languageScores(query.policy.languages ?? world.host.languages),
    textLanguages: query.policy.textLanguages ?? world.host.languages,
    availability: new AvailabilityCheck(world),
    usedFeeds: new Set(),
    warnings: new Set(),
    packageNames: new Set(),
    userRestriction: (uri) => restrictions.get(uri) ?? null,
    userRatings: (feed) => {
      const known = ratings.get(feed);
      if (known !== undefined) return known;
      const read = withTried(world.feedPreferences(feed).ratings, ownValue(overrides?.ratings, feed));
      ratings.set(feed, read);
      return read;
    },
    userPolicy: (uri) => {
      const tried = ownValue(overrides?.policies, uri);
      return tried === undefined ? world.interfacePreferences(uri).policy : tried;
    },
    applies: (dependency) => applies(dependency, platform, requirements.command),
    adjust,
  };
}

function withTried(
  stored: ReadonlyMap<string, Stability>,
  tried: Readonly<Record<string, Stability | null>> | undefined,
): ReadonlyMap<string, Stability> {
  if (tried === undefined) return stored;
  const merged = new Map(stored);
  for (const [id, rating] of Object.entries(tried)) {
    if (rating === null) merged.delete(id);
    else merged.set(id, rating);
  }
  return merged;
}
