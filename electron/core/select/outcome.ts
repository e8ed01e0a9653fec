import type { Outcome, RoleChange, VersionName } from '../../../shared/model/decision.ts';
import { compareRoles, roleText } from '../selections/roles.ts';
import type { Candidate } from './candidate.ts';
import { explainMatch } from './closest-match.ts';
import type { SelectContext } from './context.ts';
import { nameOf } from './describe.ts';
import { formatFailure } from './failure-report.ts';
import type { RoleEntry } from './role-table.ts';
import { failureReason } from './select-failure.ts';
import { solve, type SelectOptions, type Solved } from './select.ts';

/** A role and what fills it. */
export interface Filled {
  readonly entry: RoleEntry;
  readonly candidate: Candidate;
}

/** What fills each role, by its name and in role order; in a closest match only the real ones. */
export type FilledRoles = ReadonlyMap<string, Filled>;

/** A selection that may have failed, for those who compare selections. */
export interface Attempt {
  readonly outcome: Outcome;
  readonly filled: FilledRoles;
  /** `null` if a mistake in a feed made selecting impossible. */
  readonly solved: Solved | null;
}

/**
 * Selects; no solution and mistakes in feeds are answers.
 *
 * @throws AppError `cancelled`
 */
export function attempt(context: SelectContext, options: SelectOptions): Attempt {
  try {
    const solved = solve(context, options);
    const outcome: Outcome =
      solved.answer.status === 'solved'
        ? { status: 'solved' }
        : { status: 'no-solution', report: reportOf(solved, context) };
    return { outcome, filled: filledRoles(solved), solved };
  } catch (error) {
    const reason = failureReason(error);
    if (reason === null) throw error;
    const { interface: uri } = context.query.requirements;
    const outcome: Outcome = { status: 'failed', reason: `${reason}\n... solving for interface ${uri}` };
    return { outcome, filled: new Map(), solved: null };
  }
}

function filledRoles({ table, answer }: Solved): FilledRoles {
  const choice = answer.status === 'solved' ? answer.choice : answer.closest;
  const filled = table.roles.flatMap((entry): Filled[] => {
    const candidate = entry.accepted[choice[entry.question] ?? -1];
    return candidate === undefined ? [] : [{ entry, candidate }];
  });
  filled.sort((one, other) => compareRoles(one.entry.role, other.entry.role));
  return new Map(filled.map((one) => [roleText(one.entry.role), one]));
}

function reportOf({ table, answer }: Solved, context: SelectContext): string {
  if (answer.status === 'solved') return '';
  const isOffline = context.query.policy.networkUse === 'off-line';
  return formatFailure(explainMatch(table, answer.closest, context), { isOffline });
}

/** The name of a candidate's implementation; the version as its feed writes it. */
export function versionName({ implementation }: Candidate): VersionName {
  const { id, fromFeed, versionText } = implementation;
  return { id, fromFeed, version: versionText };
}

/** Roles of the first selection that the second one fills otherwise or not at all, in role order. */
export function changedRoles(before: FilledRoles, after: FilledRoles): readonly RoleChange[] {
  return [...before].flatMap(([name, { entry, candidate }]): RoleChange[] => {
    const other = after.get(name)?.candidate;
    if (other !== undefined && isSame(candidate, other)) return [];
    const to = other === undefined ? null : versionName(other);
    return [{ role: entry.role, name: nameOf(entry), from: versionName(candidate), to }];
  });
}

/** Roles that only the second selection fills, in role order. */
export function addedRoles(before: FilledRoles, after: FilledRoles): readonly RoleChange[] {
  return [...after].flatMap(([name, { entry, candidate }]): RoleChange[] =>
    before.has(name) ? [] : [{ role: entry.role, name: nameOf(entry), from: null, to: versionName(candidate) }],
  );
}

/** Whether two candidates are one implementation. */
export function isSame({ implementation: one }: Candidate, { implementation: other }: Candidate): boolean {
  return one.id === other.id && one.fromFeed === other.fromFeed;
}
