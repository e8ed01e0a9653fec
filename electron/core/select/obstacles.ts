import { assertNever } from '../../../shared/errors/never.ts';
import type { Obstacle, RejectionKind, RoleName } from '../../../shared/model/decision.ts';
import type { Dependency } from '../feed/model.ts';
import { candidatesWith, demandsOf, roleOf, type Bar, type RoleRule } from '../solver/role-rules.ts';
import type { Demands } from '../solver/roles.ts';
import { formatVersion } from '../version/version.ts';
import type { Candidate } from './candidate.ts';
import type { RoleCandidates } from './candidates.ts';
import type { SelectContext } from './context.ts';
import { rankCandidates } from './ranking.ts';
import { allRejections } from './rejection.ts';
import type { RoleEntry, RoleTable } from './role-table.ts';

/** More versions than this are not named. */
const maxVersions = 20;

/** Lets candidates take part that cannot be used; `barsOf` then says which those are. */
export function admitRejected(found: RoleCandidates): RoleCandidates {
  const rejected = found.rejected.map(({ candidate }) => candidate);
  if (rejected.length === 0) return found;
  return { ...found, accepted: rankCandidates([...found.accepted, ...rejected]), rejected: [] };
}

/** Candidates that cannot be used, by role and each reason that stands against them. */
export function barsOf({ roles }: RoleTable, context: SelectContext): readonly Bar[] {
  return roles.flatMap(({ role, index, accepted }): Bar[] => {
    const byKind = new Map<RejectionKind, number[]>();
    for (const [number, candidate] of accepted.entries()) {
      for (const { kind } of allRejections(candidate, role, context)) {
        const known = byKind.get(kind);
        if (known === undefined) byKind.set(kind, [number]);
        else known.push(number);
      }
    }
    return [...byKind].map(([label, candidates]) => ({ role: index, candidates, label }));
  });
}

/**
 * Says what rules mean for a person. What was asked for is the first of them.
 *
 * @param rules of the table's problem
 */
export function describeRules(
  rules: readonly RoleRule[],
  table: RoleTable,
  context: SelectContext,
): readonly Obstacle[] {
  const { requirements } = context.query;
  const root = table.roles[0];
  const needsCommand = rules.some(({ type }) => type === 'root-command');
  const wanted: Obstacle = {
    kind: 'wanted',
    role: { interface: requirements.interface, isSource: requirements.isSource },
    command: needsCommand ? requirements.command : null,
    hasVersions: root !== undefined && root.accepted.length > 0,
    notes: root === undefined ? [] : notesOf(root),
  };
  const others = rules
    .filter(({ type }) => type !== 'root-command')
    .map((rule) => ({ rule, obstacle: describeRule(rule, table, context), place: placeOf(rule, table) }))
    .sort((one, other) => one.place - other.place || needOf(one.rule) - needOf(other.rule));
  return [wanted, ...others.flatMap(({ obstacle }) => (obstacle === null ? [] : [obstacle]))];
}

function describeRule(rule: RoleRule, table: RoleTable, context: SelectContext): Obstacle | null {
  switch (rule.type) {
    case 'need':
      return describeNeed(rule, table, context);
    case 'own-command': {
      const { entry, candidates } = owners(table, rule.question, (demands) => demands.own.includes(rule.command));
      const command = table.commandOf(rule.command) ?? '';
      return { kind: 'own-command', role: nameOf(entry), versions: versionsOf(candidates), command };
    }
    case 'exclusion': {
      const [role, replacement] = [entryOf(table, rule.role), entryOf(table, rule.other)].map(nameOf);
      return role === undefined || replacement === undefined ? null : { kind: 'replaced', role, replacement };
    }
    case 'bar': {
      const entry = entryOf(table, rule.role);
      const barred = rule.candidates.flatMap((index) => entry.accepted[index] ?? []);
      const why = rule.label as RejectionKind;
      const reasons = barred.flatMap((candidate) =>
        allRejections(candidate, entry.role, context).flatMap(({ kind, reason }) => (kind === why ? [reason] : [])),
      );
      return { kind: 'rejected', role: nameOf(entry), why, versions: versionsOf(barred), reasons: distinct(reasons) };
    }
    case 'kinds':
      return { kind: 'machine-groups' };
    case 'root-command':
      return null;
    default:
      return assertNever(rule);
  }
}

function describeNeed(
  { question, need }: Extract<RoleRule, { readonly type: 'need' }>,
  table: RoleTable,
  context: SelectContext,
): Obstacle {
  const { entry, candidates } = owners(table, question, (demands) => demands.needs.includes(need));
  const command = table.commandOf(question);
  const target = entryOf(table, need.role);
  const place = demandsOf(table.problem, question)
    .map((demands) => demands.needs.indexOf(need))
    .find((index) => index >= 0);
  const dependency = dependenciesOf(candidates[0], command, context)[place ?? -1];
  return {
    kind: 'requires',
    role: nameOf(entry),
    versions: versionsOf(candidates),
    command,
    target: nameOf(target),
    isEssential: need.isEssential,
    restrictions: dependency?.restrictions.map(({ text }) => text) ?? [],
    commands: dependency?.commands ?? [],
    targetHasVersions: target.accepted.length > 0,
    notes: notesOf(target),
  };
}

/** In the order in which they became needs: those that apply, of commands in reverse. */
function dependenciesOf(
  candidate: Candidate | undefined,
  command: string | null,
  context: SelectContext,
): readonly Dependency[] {
  if (candidate === undefined) return [];
  const { dependencies, commands } = candidate.implementation;
  const all = command === null ? dependencies : [...(commands.get(command)?.dependencies ?? [])].reverse();
  return all.filter((dependency) => context.applies(dependency));
}

/** The role of a question, and those of its candidates whose demands are as said. */
function owners(
  table: RoleTable,
  question: number,
  isMeant: (demands: Demands) => boolean,
): { readonly entry: RoleEntry; readonly candidates: readonly Candidate[] } {
  const entry = entryOf(table, roleOf(table.problem, question));
  const candidates = candidatesWith(table.problem, question, isMeant).flatMap((index) => entry.accepted[index] ?? []);
  return { entry, candidates };
}

/** Obstacles are listed in the order in which the roles were met, what stands against a role's versions last. */
function placeOf(rule: RoleRule, { problem, roles }: RoleTable): number {
  switch (rule.type) {
    case 'need':
    case 'own-command':
      return roleOf(problem, rule.question);
    case 'exclusion':
    case 'bar':
      return rule.role + 0.5;
    default:
      return roles.length;
  }
}

/** Needs are numbered as they were met. */
function needOf(rule: RoleRule): number {
  return rule.type === 'need' ? rule.need.id : 0;
}

function entryOf(table: RoleTable, index: number): RoleEntry {
  const entry = table.roles[index];
  if (entry === undefined) throw new Error(`No role ${index}`);
  return entry;
}

/** Only where they explain why there is nothing to choose from. */
function notesOf({ accepted, notes }: RoleEntry): readonly string[] {
  return accepted.length === 0 ? notes : [];
}

function nameOf({ role }: RoleEntry): RoleName {
  return { interface: role.interface, isSource: role.isSource };
}

function versionsOf(candidates: readonly Candidate[]): readonly string[] {
  return distinct(candidates.map(({ implementation }) => formatVersion(implementation.version))).slice(0, maxVersions);
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
