import type { Conflict, Resolution } from '../../../shared/model/decision.ts';
import { ownEngine } from '../solver/engine.ts';
import { minimalConflict, type MinimalConflict } from '../solver/minimal-conflict.ts';
import { rolesOf, type Bar, type RoleRule } from '../solver/role-rules.ts';
import { compareSides, isMissing, type Side } from './compare.ts';
import { createSelectContext, type SelectContext } from './context.ts';
import { mergeDrafts, withDraft } from './draft.ts';
import type { Overrides, SelectQuery } from './model.ts';
import { admitRejected, barsOf, describeRules } from './obstacles.ts';
import { attempt } from './outcome.ts';
import { ideasFor, ideasForBar, type Idea } from './remedies.ts';
import { nameOf } from './describe.ts';
import { RoleTable, type RoleEntry } from './role-table.ts';
import { failureReason } from './select-failure.ts';
import type { SelectOptions, Solved } from './select.ts';
import type { SelectWorld } from './world.ts';

export interface ConflictSearchOptions extends SelectOptions {
  /** Whether to be content with what was found so far. */
  readonly isLate?: () => boolean;
}

/** How many ideas are tried one by one, and, if none of them helps, how many pairs. */
const maxIdeas = 20;
const maxPairs = 12;
/** More of a conflict that could not be made small in time are not named. */
const maxObstacles = 50;
/** Larger problems are looked at without the versions that cannot be used. */
const maxCandidates = 100_000;

/** What the conflict was found in: the roles, with the candidates that may not be chosen. */
interface Scene {
  readonly table: RoleTable;
  readonly bars: readonly Bar[];
  readonly context: SelectContext;
}

/**
 * Finds out which requirements make a selection impossible, as few as possible, and what would make it possible. All
 * resolutions were tried; each is given with what it would select.
 *
 * @throws AppError `cancelled`
 */
export function findConflict(query: SelectQuery, world: SelectWorld, options: ConflictSearchOptions = {}): Conflict {
  const context = createSelectContext(query, world);
  const before: Side = { ...attempt(context, options), context };
  const { outcome, solved } = before;
  if (outcome.status !== 'no-solution' || solved === null) {
    return outcome.status === 'failed' ? outcome : { status: 'solved' };
  }
  const scenes = [openScene(query, world), plainScene(solved, context)];
  for (const scene of scenes) {
    if (scene === null) continue;
    const found = search(scene, solved, options);
    if (found === null) continue;
    return {
      status: 'conflict',
      obstacles: describeRules(
        found.isMinimal ? found.rules : found.rules.slice(0, maxObstacles),
        scene.table,
        scene.context,
      ),
      isMinimal: found.isMinimal,
      resolutions: resolve(found, scene, { query, world, options, before }),
      names: namesOf(rolesIn(found, scene)),
      missingFeeds: missingFeeds(rolesIn(found, scene), scene.context),
      report: outcome.report,
    };
  }
  return {
    status: 'conflict',
    obstacles: describeRules([], solved.table, context),
    isMinimal: false,
    resolutions: [],
    names: namesOf(solved.table.roles.slice(0, 1)),
    missingFeeds: [],
    report: outcome.report,
  };
}

/** With the versions that cannot be used; null if looking at these is too much or meets mistakes. */
function openScene(query: SelectQuery, world: SelectWorld): Scene | null {
  const context = createSelectContext(query, world, admitRejected);
  const { interface: uri, isSource, command } = context.query.requirements;
  try {
    const table = new RoleTable({ interface: uri, isSource }, command, context);
    const count = table.roles.reduce((sum, { accepted }) => sum + accepted.length, 0);
    return count > maxCandidates ? null : { table, bars: barsOf(table, context), context };
  } catch (error) {
    if (failureReason(error) === null) throw error;
    return null;
  }
}

function plainScene({ table }: Solved, context: SelectContext): Scene {
  return { table, bars: [], context };
}

function search({ table, bars }: Scene, solved: Solved, options: ConflictSearchOptions): MinimalConflict | null {
  const { engine = ownEngine, shouldStop, isLate } = options;
  const { answer } = solved;
  const problems =
    answer.status === 'solved'
      ? []
      : solved.table.roles.filter(({ question, accepted }) => answer.closest[question] === accepted.length);
  return minimalConflict(table.problem, bars, {
    engine,
    near: problems.flatMap(({ role }) => table.find(role)?.index ?? []),
    shouldStop: () => shouldStop?.() === true || isLate?.() === true,
  });
}

interface Trial {
  readonly query: SelectQuery;
  readonly world: SelectWorld;
  readonly options: ConflictSearchOptions;
  readonly before: Side;
}

/** Ideas that give a solution; only if no single one does, pairs of them. */
function resolve({ rules }: MinimalConflict, { table, bars, context }: Scene, trial: Trial): readonly Resolution[] {
  const ideas = ideasFor(rules, table, context).slice(0, maxIdeas);
  const single = tryAll(
    ideas.map((idea) => [idea]),
    trial,
  );
  if (single.length > 0) return single;
  return tryAll(pairsFor(rules, { table, bars, context }).slice(0, maxPairs), trial);
}

/** The same versions may be ruled out for a second reason, which this conflict could do without. */
function pairsFor(rules: readonly RoleRule[], { table, bars, context }: Scene): readonly (readonly Idea[])[] {
  return rules.flatMap((rule) => {
    if (rule.type !== 'bar') return [];
    const barred = new Set(rule.candidates);
    const others = bars.filter(
      ({ role, label, candidates }) =>
        role === rule.role && label !== rule.label && candidates.some((candidate) => barred.has(candidate)),
    );
    const second = others.flatMap((bar) => ideasForBar(bar, table, context));
    return ideasForBar(rule, table, context).flatMap((idea) => second.map((other) => [idea, other]));
  });
}

function tryAll(combinations: readonly (readonly Idea[])[], trial: Trial): readonly Resolution[] {
  const found = new Map<string, Resolution>();
  for (const ideas of combinations) {
    if (trial.options.isLate?.() === true) break;
    const resolution = tryIdeas(ideas, trial);
    if (resolution !== null) found.set(JSON.stringify(resolution.remedies), resolution);
  }
  return [...found.values()];
}

/** First with all freedom that the ideas give, then with no more than what that solution needed of it. */
function tryIdeas(ideas: readonly Idea[], trial: Trial): Resolution | null {
  const free = tryDraft(mergeAll(ideas.map(({ draft }) => draft)), trial);
  if (free.outcome.status !== 'solved') return null;
  const settled = ideas.flatMap((idea) => idea.settle(free.filled) ?? []);
  const draft = mergeAll(settled.map((one) => one.draft));
  const after = tryDraft(draft, trial);
  if (after.outcome.status !== 'solved') return null;
  return { remedies: settled.map(({ remedy }) => remedy), draft, preview: compareSides(trial.before, after) };
}

function tryDraft(draft: Overrides, { query, world, options }: Trial): Side {
  const context = createSelectContext(withDraft(query, draft), world);
  return { ...attempt(context, options), context };
}

function mergeAll(drafts: readonly Overrides[]): Overrides {
  const [first = {}, ...others] = drafts;
  return others.reduce(mergeDrafts, first);
}

/** The roles that the obstacles are about; the root is the first. */
function rolesIn({ rules }: MinimalConflict, { table }: Scene): readonly RoleEntry[] {
  const roles = new Set([0, ...rules.flatMap((rule) => rolesOf(table.problem, rule))]);
  return [...roles].flatMap((index) => table.roles[index] ?? []);
}

function namesOf(roles: readonly RoleEntry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(roles.map((entry) => [entry.role.interface, nameOf(entry)]));
}

/** Feeds of roles that could be fetched. */
function missingFeeds(roles: readonly RoleEntry[], context: SelectContext): readonly string[] {
  const feeds = roles.flatMap(({ feeds: all }) => all.flatMap(({ name, isUsed }) => (isUsed ? [name] : [])));
  return [...new Set(feeds)].filter((feed) => isMissing(feed, context));
}
