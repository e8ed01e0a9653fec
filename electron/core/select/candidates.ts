import type { Stability } from '../../../shared/model/stability.ts';
import { compareBytes } from '../byte-order.ts';
import type { Feed, Implementation } from '../feed/model.ts';
import { stabilityRank, type Candidate, type RejectedCandidate, type Selectable } from './candidate.ts';
import type { SelectContext } from './context.ts';
import type { Role } from './model.ts';
import { findNativeCandidates } from './native-candidates.ts';
import { toPotentialBinary } from './potential-binary.ts';
import { rankCandidates, RankingKeys, type RankingRules } from './ranking.ts';
import { noCompileCommand, rejectionOf } from './rejection.ts';
import { findRoleFeeds, type RoleFeed } from './role-feeds.ts';

/** What a role could be filled with, and what stands against the rest. */
export interface RoleCandidates {
  readonly role: Role;
  readonly feeds: readonly RoleFeed[];
  /** The feed named like the interface, if it can be had. */
  readonly master: Feed | null;
  /** Best first. */
  readonly accepted: readonly Candidate[];
  /** Best first. */
  readonly rejected: readonly RejectedCandidate[];
  /** Problems of feeds and packages, for reports. */
  readonly notes: readonly string[];
}

/**
 * Collects the candidates of a role from its feeds, sorts out those that cannot be used and ranks the others.
 *
 * @throws SelectFailure at mistakes that stop the whole selection
 * @see selection.md 7
 */
export function findCandidates(role: Role, context: SelectContext): RoleCandidates {
  const { world, query, platform } = context;
  const { mayCompile, interface: root } = query.requirements;
  const { feeds, master, notes, warnings } = findRoleFeeds(role, world, { platform, mayCompile, root });
  for (const warning of warnings) context.warnings.add(warning);

  const keys = new RankingKeys(rankingRules({ role, master }, context));
  const found = new Collector(role, context, keys);
  for (const { isUsed, name, lookup } of feeds) {
    if (isUsed) context.usedFeeds.add(name);
    if (lookup?.status === 'ready') found.addFeed(lookup.feed);
  }

  const candidates: RoleCandidates = {
    role,
    feeds,
    master,
    accepted: rankCandidates(found.accepted),
    rejected: [
      ...found.uncompilable.map((candidate) => ({ candidate, reason: noCompileCommand.reason })),
      ...rankCandidates([...found.rejected.keys()]).map((candidate) => ({
        candidate,
        reason: found.rejected.get(candidate) ?? '',
      })),
    ],
    notes: [...notes, ...found.notes],
  };
  return context.adjust(candidates, context);
}

/** How the candidates of a role are ranked. The policy of an interface counts only if its feed can be had. @see selection.md 7.2 */
export function rankingRules(
  { role, master }: Pick<RoleCandidates, 'role' | 'master'>,
  context: SelectContext,
): RankingRules {
  const { query, platform, languages } = context;
  const { networkUse, helpWithTesting } = query.policy;
  const fallback: Stability = helpWithTesting ? 'testing' : 'stable';
  const policy = (master === null ? null : context.userPolicy(role.interface)) ?? fallback;
  return { platform, languages, networkUse, policy: stabilityRank(policy) };
}

class Collector {
  readonly accepted: Candidate[] = [];
  readonly rejected = new Map<Candidate, string>();
  /** Source code without a way to compile it. It is not ranked: feed by feed, in each the greatest id first. */
  readonly uncompilable: Candidate[] = [];
  readonly notes: string[] = [];
  readonly #role: Role;
  readonly #context: SelectContext;
  readonly #keys: RankingKeys;
  #lastFeed = '';
  #lastRatings: ReadonlyMap<string, Stability> | null = null;

  constructor(role: Role, context: SelectContext, keys: RankingKeys) {
    this.#role = role;
    this.#context = context;
    this.#keys = keys;
  }

  addFeed(feed: Feed): void {
    for (const warning of feed.warnings) this.#context.warnings.add(warning);
    const { world, query, packageNames } = this.#context;
    const native = findNativeCandidates(feed, { world, replies: query.packageReplies });
    for (const candidate of native.candidates) this.#add(candidate);
    this.notes.push(...native.notes);
    for (const name of native.names) packageNames.add(name);
    for (const warning of native.warnings) this.#context.warnings.add(warning);
    const mayCompile = query.requirements.mayCompile && !this.#role.isSource;
    const uncompilable: Implementation[] = [];
    for (const implementation of feed.implementations) {
      if (!mayCompile || implementation.cpu !== 'src') this.#add(implementation);
      else if (!this.#addPotential(implementation, feed)) uncompilable.push(implementation);
    }
    uncompilable.sort((one, other) => compareBytes(other.id, one.id));
    this.uncompilable.push(...uncompilable.map((source) => this.#candidate(source)));
  }

  /** Adds the binary that source code would give; false if there is no way to make it. */
  #addPotential(source: Implementation, feed: Feed): boolean {
    const binary = toPotentialBinary(source, feed, this.#context.world.host);
    if (binary === 'no-command') return false;
    if (binary !== null) this.#add(binary);
    return true;
  }

  #add(implementation: Selectable): void {
    const candidate = this.#candidate(implementation);
    const rejection = rejectionOf(candidate, this.#role, this.#context);
    if (rejection === null) this.accepted.push(candidate);
    else this.rejected.set(candidate, rejection.reason);
  }

  /** Implementations come feed by feed, so the last ones are nearly always those that are wanted. */
  #ratings(feed: string): ReadonlyMap<string, Stability> {
    if (feed !== this.#lastFeed || this.#lastRatings === null) {
      this.#lastFeed = feed;
      this.#lastRatings = this.#context.userRatings(feed);
    }
    return this.#lastRatings;
  }

  #candidate(implementation: Selectable): Candidate {
    const userRating = this.#ratings(implementation.fromFeed).get(implementation.id) ?? null;
    const stability = stabilityRank(userRating ?? implementation.stability);
    const isAvailable = this.#context.availability.isAvailable(implementation);
    return {
      implementation,
      userRating,
      stability,
      isAvailable,
      versionKey: implementation.version.key,
      head: this.#keys.head(implementation, stability, isAvailable),
      tail: this.#keys.tail(implementation, isAvailable),
    };
  }
}
