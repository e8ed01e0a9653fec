import { AppError } from '../../../shared/errors/app-error.ts';
import { buildSelections, type FilledRole } from '../selections/build.ts';
import type { Selections } from '../selections/model.ts';
import { roleText } from '../selections/roles.ts';
import { selectionTree } from '../selections/tree.ts';
import { ownEngine } from '../solver/engine.ts';
import type { SatPort } from '../solver/sat-port.ts';
import { solveRoles, type Choice, type RoleAnswer } from '../solver/solve.ts';
import { explainMatch, type MatchEntry } from './closest-match.ts';
import { createSelectContext, type SelectContext } from './context.ts';
import { describeCandidate, lastPart, nameOf, summaryOf } from './describe.ts';
import { formatFailure, problemLines } from './failure-report.ts';
import type { SelectAnswer, SelectQuery, TreeRow } from './model.ts';
import { RoleTable } from './role-table.ts';
import { failureReason } from './select-failure.ts';
import type { SelectWorld } from './world.ts';

/** How to solve. */
export interface SelectOptions {
  /** Default: our own. Another one gives the same answer. */
  readonly engine?: SatPort;
  /** Asked now and then during long searches. */
  readonly shouldStop?: () => boolean;
}

/** A selection as far as it got, for those who look into it. */
export interface Solved {
  readonly table: RoleTable;
  readonly answer: Exclude<RoleAnswer, { readonly status: 'stopped' }>;
}

/**
 * Chooses an implementation for the program and everything it needs.
 *
 * @throws AppError `cancelled` if `shouldStop` said yes
 * @see selection.md 7 to 13
 */
export function select(query: SelectQuery, world: SelectWorld, options: SelectOptions = {}): SelectAnswer {
  const context = createSelectContext(query, world);
  try {
    const { table, answer } = solve(context, options);
    const found =
      answer.status === 'solved'
        ? solution(table, answer.choice, context)
        : closestMatch(explainMatch(table, answer.closest, context), context);
    const { interface: uri, isSource } = query.requirements;
    const needsTerminal = table.find({ interface: uri, isSource })?.master?.needsTerminal ?? false;
    return { ...found, needsTerminal, ...looked(context) };
  } catch (error) {
    const reason = failureReason(error);
    if (reason === null) throw error;
    const { interface: uri } = query.requirements;
    return {
      status: 'failed',
      reason: `${reason}\n... solving for interface ${uri}`,
      tree: [failedRow(query, reason)],
      needsTerminal: false,
      ...looked(context),
    };
  }
}

/** @throws SelectFailure, AppError */
export function solve(context: SelectContext, { engine = ownEngine, shouldStop }: SelectOptions): Solved {
  const { interface: uri, isSource, command } = context.query.requirements;
  const table = new RoleTable({ interface: uri, isSource }, command, context);
  const answer = solveRoles(table.problem, engine, shouldStop);
  if (answer.status === 'stopped') throw new AppError('cancelled', {});
  return { table, answer };
}

type Looked = Pick<SelectAnswer, 'usedFeeds' | 'packageNames' | 'warnings'>;

function looked({ usedFeeds, packageNames, warnings }: SelectContext): Looked {
  return { usedFeeds: [...usedFeeds], packageNames: [...packageNames], warnings: [...warnings] };
}

type Found<S> = Omit<Extract<SelectAnswer, { readonly status: S }>, keyof Looked | 'needsTerminal'>;

function solution(table: RoleTable, choice: Choice, context: SelectContext): Found<'solved'> {
  const filled: FilledRole[] = [];
  for (const { role, accepted, question, commands } of table.roles) {
    const implementation = accepted[choice[question] ?? -1]?.implementation;
    if (implementation === undefined) continue;
    const selected: string[] = [];
    for (const [name, command] of commands) if ((choice[command] ?? -1) >= 0) selected.push(name);
    filled.push({ interface: role.interface, isSource: role.isSource, implementation, commands: selected });
  }
  const selections = toSelections(filled, context);
  const rows = selectionTree(selections).map(({ interface: uri, isSource, depth }): TreeRow => {
    const role = { interface: uri, isSource };
    const entry = table.find(role);
    const candidate = entry?.accepted[choice[entry.question] ?? -1];
    return {
      role,
      depth,
      name: entry === undefined ? lastPart(uri) : nameOf(entry),
      summary: entry === undefined ? '' : summaryOf(entry, context.textLanguages),
      implementation: candidate === undefined ? null : describeCandidate(candidate, context.availability),
      problem: [],
    };
  });
  return { status: 'solved', selections, tree: rows };
}

function closestMatch(entries: readonly MatchEntry[], context: SelectContext): Found<'no-solution'> {
  const filled = entries.flatMap(({ role, chosen, commands }): FilledRole[] =>
    chosen === null ? [] : [{ ...role.role, implementation: chosen.implementation, commands }],
  );
  const byRole = new Map(entries.map((entry) => [roleText(entry.role.role), entry]));
  const problems = entries.filter(({ chosen }) => chosen === null).map(({ role }) => roleText(role.role));
  const nodes = selectionTree(toSelections(filled, context), new Set(problems));
  const rows = nodes.flatMap(({ interface: uri, isSource, depth }): TreeRow[] => {
    const entry = byRole.get(roleText({ interface: uri, isSource }));
    if (entry === undefined) return [];
    return [
      {
        role: entry.role.role,
        depth,
        name: nameOf(entry.role),
        summary: summaryOf(entry.role, context.textLanguages),
        implementation: entry.chosen === null ? null : describeCandidate(entry.chosen, context.availability),
        problem: problemLines(entry),
      },
    ];
  });
  const isOffline = context.query.policy.networkUse === 'off-line';
  return { status: 'no-solution', report: formatFailure(entries, { isOffline }), tree: rows };
}

function toSelections(filled: readonly FilledRole[], context: SelectContext): Selections {
  return buildSelections(context.query.requirements, filled, (dependency) => context.applies(dependency));
}

function failedRow({ requirements }: SelectQuery, reason: string): TreeRow {
  const { interface: uri, isSource } = requirements;
  return {
    role: { interface: uri, isSource },
    depth: 0,
    name: lastPart(uri),
    summary: '',
    implementation: null,
    problem: reason.split('\n'),
  };
}
