import type { Stability } from '../../../shared/model/stability.ts';
import { compareBytes } from '../byte-order.ts';
import type { Feed, Implementation } from '../feed/model.ts';
import { worksOffline } from './availability.ts';
import { stabilityRank, type Candidate, type RejectedCandidate, type Selectable } from './candidate.ts';
import type { SelectContext } from './context.ts';
import type { Role } from './model.ts';
import { findNativeCandidates } from './native-candidates.ts';
import { runsOnCpu, runsOnOs } from './platform.ts';
import { toPotentialBinary } from './potential-binary.ts';
import { rankCandidates, RankingKeys } from './ranking.ts';
import { meets } from './restrictions.ts';
import { findRoleFeeds, type RoleFeed } from './role-feeds.ts';
import { versionKey } from './version-key.ts';

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

/** Levels up to this one are never offered. */
const poor = stabilityRank('buggy');

/**
 * Collects the candidates of a role from its feeds, sorts out those that cannot be used and ranks the others.
 *
 * @throws SelectFailure at mistakes that stop the whole selection
 * @see selection.md 7
 */
export function findCandidates(role: Role, context: SelectContext): RoleCandidates {
  const { world, query, platform, languages } = context;
  const { mayCompile, interface: root } = query.requirements;
  const { feeds, master, notes, warnings } = findRoleFeeds(role, world, { platform, mayCompile, root });
  for (const warning of warnings) context.warnings.add(warning);

  const fallback: Stability = query.policy.helpWithTesting ? 'testing' : 'stable';
  const policy = (master === null ? null : context.userPolicy(role.interface)) ?? fallback;
  const { networkUse } = query.policy;
  const keys = new RankingKeys({ platform, languages, networkUse, policy: stabilityRank(policy) });
  const found = new Collector(role, context, keys);
  for (const { isUsed, name, lookup } of feeds) {
    if (isUsed) context.usedFeeds.add(name);
    if (lookup?.status === 'ready') found.addFeed(lookup.feed);
  }

  return {
    role,
    feeds,
    master,
    accepted: rankCandidates(found.accepted),
    rejected: [
      ...found.uncompilable.map((candidate) => ({ candidate, reason: "Missing <command name='compile'>" })),
      ...rankCandidates([...found.rejected.keys()]).map((candidate) => ({
        candidate,
        reason: found.rejected.get(candidate) ?? '',
      })),
    ],
    notes: [...notes, ...found.notes],
  };
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
    const reason = rejectionOf(candidate, this.#role, this.#context);
    if (reason === null) this.accepted.push(candidate);
    else this.rejected.set(candidate, reason);
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
      versionKey: versionKey(implementation.version),
      head: this.#keys.head(implementation, stability, isAvailable),
      tail: this.#keys.tail(implementation, isAvailable),
    };
  }
}

/** The first reason why a candidate cannot be used, or null. @see selection.md 7.3 */
function rejectionOf(candidate: Candidate, role: Role, context: SelectContext): string | null {
  const { implementation } = candidate;
  const { platform, world } = context;
  const wanted = context.userRestriction(role.interface);
  if (wanted !== null && !meets(implementation, wanted, world.host.distribution)) {
    return `Excluded by user-provided restriction: ${wanted.text}`;
  }
  if (candidate.stability <= poor) {
    return `Poor stability '${candidate.userRating ?? implementation.stability}'`;
  }
  if (!runsOnOs(platform, implementation.os)) return 'Not compatible with the requested OS type';
  const isSource = implementation.cpu === 'src';
  if (role.isSource && !isSource) return 'We want source and this is a binary';
  if (!role.isSource && isSource) return 'We want a binary and this is source';
  if (!isSource && !runsOnCpu(platform, implementation.cpu)) return 'Not compatible with the requested CPU type';
  return candidate.isAvailable ? null : unavailability(implementation, context);
}

function unavailability(implementation: Selectable, context: SelectContext): string | null {
  const isOffline = context.query.policy.networkUse === 'off-line';
  const offline = "Can't download it because we're offline";
  switch (implementation.kind) {
    case 'local':
      return `Local impl's directory (${implementation.localPath ?? ''}) is missing`;
    case 'package':
      return isOffline ? offline : null;
    case 'stored':
      if (implementation.retrievalMethods.length === 0) return 'No retrieval methods';
      return isOffline && !worksOffline(implementation.retrievalMethods) ? offline : null;
    case 'compile':
      return implementation.source === undefined ? null : unavailability(implementation.source, context);
  }
}
