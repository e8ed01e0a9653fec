import { findDeadEnd } from './dead-ends.ts';
import { encode } from './encode.ts';
import { keepRules } from './keep-rules.ts';
import { rolesOf, rulesOf, type Bar, type RoleRule } from './role-rules.ts';
import type { RoleProblem } from './roles.ts';
import type { SatPort } from './sat-port.ts';

/** Rules of a problem that cannot hold together. */
export interface MinimalConflict {
  readonly rules: readonly RoleRule[];
  /** Whether without any of the rules the others could hold. False if the search was given up early. */
  readonly isMinimal: boolean;
}

/** How to look for a conflict. */
export interface ConflictOptions {
  readonly engine: SatPort;
  /** Roles where the conflict probably is: the problems of a closest match. */
  readonly near: readonly number[];
  readonly shouldStop?: () => boolean;
  /** How often the engine may be asked. */
  readonly maxChecks?: number;
}

const defaultMaxChecks = 500;
/** How many rules the first try has. */
const firstTry = 16;

/**
 * Finds few rules of an impossible problem that cannot hold together and of which none can be left out.
 *
 * Each try solves the problem with some of its rules. To begin with there are those of a dead end, if there is one; else the
 * rules nearest to where the conflict seems to be, twice as many each time until there is no solution. Then what is not
 * needed of these is found by halving (QuickXplain, Junker 2004), for rules between the same roles together first, then
 * one by one.
 *
 * @returns null if the problem is possible, or if the search was stopped before anything was found
 */
export function minimalConflict(
  problem: RoleProblem,
  bars: readonly Bar[],
  options: ConflictOptions,
): MinimalConflict | null {
  const search = new Search(problem, options);
  const rules = nearestFirst(problem, rulesOf(problem, bars), options.near);
  const deadEnd = findDeadEnd(problem, rules);
  let known = deadEnd;
  try {
    const enough = deadEnd === null ? search.firstConflict(groupRules(problem, rules)) : groupRules(problem, deadEnd);
    if (enough === null) return null;
    known = enough.flat();
    const needed = search.minimize(enough).flat();
    known = needed;
    return { rules: search.minimize(needed.map((rule) => [rule])).flat(), isMinimal: true };
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    return known === null ? null : { rules: known, isMinimal: false };
  }
}

/** Rules that are kept or left out together. */
type Group = readonly RoleRule[];

/** Ends a search from deep inside; never leaves this file. */
class GivenUp extends Error {}

class Search {
  readonly #problem: RoleProblem;
  readonly #options: ConflictOptions;
  #checksLeft: number;

  constructor(problem: RoleProblem, options: ConflictOptions) {
    this.#problem = problem;
    this.#options = options;
    this.#checksLeft = options.maxChecks ?? defaultMaxChecks;
  }

  /** The groups up to the one with which there is no solution any more, roughly; null if there always is one. */
  firstConflict(groups: readonly Group[]): readonly Group[] | null {
    for (let count = firstTry; ; count *= 2) {
      if (this.#isConflict(groups.slice(0, count))) return groups.slice(0, count);
      if (count >= groups.length) return null;
    }
  }

  /** The groups of a conflict that are needed. */
  minimize(groups: readonly Group[]): readonly Group[] {
    return this.#isConflict([]) ? [] : this.#needed([], groups, false);
  }

  /** @param isLonger whether something was added to `kept` since it was last known not to suffice */
  #needed(kept: readonly Group[], groups: readonly Group[], isLonger: boolean): readonly Group[] {
    if (isLonger && this.#isConflict(kept)) return [];
    if (groups.length <= 1) return groups;
    const middle = groups.length >> 1;
    const first = groups.slice(0, middle);
    const second = groups.slice(middle);
    const ofSecond = this.#needed([...kept, ...first], second, true);
    const ofFirst = this.#needed([...kept, ...ofSecond], first, ofSecond.length > 0);
    return [...ofFirst, ...ofSecond];
  }

  #isConflict(groups: readonly Group[]): boolean {
    const { engine, shouldStop } = this.#options;
    if (this.#checksLeft-- <= 0 || shouldStop?.() === true) throw new GivenUp();
    const answer = engine.solve(encode(keepRules(this.#problem, groups.flat()), false), shouldStop);
    if (answer.status === 'stopped') throw new GivenUp();
    return answer.status === 'impossible';
  }
}

/** Groups rules between the same roles, in the order of their first rule. */
function groupRules(problem: RoleProblem, rules: readonly RoleRule[]): readonly Group[] {
  const groups = new Map<string, RoleRule[]>();
  for (const [index, rule] of rules.entries()) {
    const key = rule.type === 'need' ? rolesOf(problem, rule).join(' ') : `#${index}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rule]);
    else group.push(rule);
  }
  return [...groups.values()];
}

/** Orders rules by how far their roles are from the ways that lead from the root to the given roles. */
function nearestFirst(problem: RoleProblem, rules: readonly RoleRule[], near: readonly number[]): readonly RoleRule[] {
  const targets = problem.roles.map((): number[] => []);
  const neighbours = problem.roles.map((): number[] => []);
  for (const rule of rules) {
    const [from, to] = rolesOf(problem, rule);
    if (from === undefined || to === undefined) continue;
    if (rule.type === 'need') targets[from]!.push(to);
    neighbours[from]!.push(to);
    neighbours[to]!.push(from);
  }
  const root = problem.questions[problem.root]!.role;
  const { reachedFrom } = spread([root], targets);
  const onTheWay = new Set([root]);
  for (const goal of near) {
    for (let role = goal; role >= 0 && !onTheWay.has(role); role = reachedFrom[role]!) onTheWay.add(role);
  }
  const { distance } = spread([...onTheWay], neighbours);
  const farthest = (rule: RoleRule) => Math.max(0, ...rolesOf(problem, rule).map((role) => distance[role]!));
  return rules
    .map((rule) => ({ rule, place: farthest(rule) }))
    .sort((one, other) => one.place - other.place)
    .map(({ rule }) => rule);
}

/** By role: how many steps it is away (infinite if it is not reached), and the role it is reached from, or -1. */
function spread(starts: readonly number[], edges: readonly (readonly number[])[]) {
  const distance = edges.map(() => Infinity);
  const reachedFrom = edges.map(() => -1);
  const queue = [...starts];
  for (const role of starts) distance[role] = 0;
  for (const role of queue) {
    for (const next of edges[role]!) {
      if (distance[next] !== Infinity) continue;
      distance[next] = distance[role]! + 1;
      reachedFrom[next] = role;
      queue.push(next);
    }
  }
  return { distance, reachedFrom };
}
