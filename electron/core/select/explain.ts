import type { Explanation, Subject } from '../../../shared/model/decision.ts';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { formatVersion, parseVersion } from '../version/version.ts';
import type { Candidate } from './candidate.ts';
import { findCandidates, rankingRules, type RoleCandidates } from './candidates.ts';
import { createSelectContext, type Adjust, type SelectContext } from './context.ts';
import { decidingKey } from './deciding-key.ts';
import type { ExplainQuery, Role } from './model.ts';
import { attempt, changedRoles, isSame, versionName, type Attempt } from './outcome.ts';
import { roleText } from '../selections/roles.ts';
import { failureReason } from './select-failure.ts';
import type { SelectOptions } from './select.ts';
import type { SelectWorld } from './world.ts';

/** An implementation in question. */
interface Target {
  readonly role: Role;
  readonly id: string;
  readonly fromFeed: string | null;
}

/**
 * Says why versions of a component were chosen or not, by selecting as if each were the only one.
 *
 * @returns one explanation for each implementation that was meant, best first; one that says so if there is none
 * @throws AppError `cancelled`
 * @see selection.md 13.4
 */
export function explain(query: ExplainQuery, world: SelectWorld, options: SelectOptions = {}): readonly Explanation[] {
  const context = createSelectContext(query, world);
  const normal = attempt(context, options);
  const targets = targetsOf(query, normal, context);
  if (targets.length === 0 && 'text' in query.which) {
    const target = { role: query.role, id: query.which.text, fromFeed: null };
    return [{ kind: 'does-not-exist', subject: subjectOf(target, undefined) }];
  }
  return targets.map((target) => explainOne(target, { query, world, options, context, normal }));
}

interface Question {
  readonly query: ExplainQuery;
  readonly world: SelectWorld;
  readonly options: SelectOptions;
  readonly context: SelectContext;
  readonly normal: Attempt;
}

function targetsOf({ role, which }: ExplainQuery, normal: Attempt, context: SelectContext): readonly Target[] {
  if ('id' in which) return [{ role, ...which }];
  const wanted = versionKeyOf(which.text);
  const meant = candidatesOf(role, normal, context).filter(
    ({ versionKey: key, implementation }) => key === wanted || implementation.id === which.text,
  );
  return meant.map(({ implementation: { id, fromFeed } }) => ({ role, id, fromFeed }));
}

/** All candidates, the accepted ones first. */
function candidatesOf(role: Role, { solved }: Attempt, context: SelectContext): readonly Candidate[] {
  const found = solved?.table.find(role) ?? lookFor(role, context);
  return found === null ? [] : [...found.accepted, ...found.rejected.map(({ candidate }) => candidate)];
}

/** The candidates of a role that the selection does not involve; null if a mistake in a feed makes it impossible. */
function lookFor(role: Role, context: SelectContext): RoleCandidates | null {
  try {
    return findCandidates(role, context);
  } catch (error) {
    if (failureReason(error) === null) throw error;
    return null;
  }
}

function versionKeyOf(text: string): string | null {
  try {
    return parseVersion(text).key;
  } catch (error) {
    if (isAppError(error, 'bad-version')) return null;
    throw error;
  }
}

function explainOne(target: Target, { query, world, options, context, normal }: Question): Explanation {
  const forced = attempt(createSelectContext(query, world, only(target)), options);
  const entry = forced.solved?.table.find(target.role);
  const rejected = entry?.rejected[0];
  const found = entry?.accepted[0] ?? rejected?.candidate;
  const subject = subjectOf(target, found);
  if (rejected !== undefined && entry?.accepted.length === 0) {
    return { kind: 'unusable', subject, reason: rejected.reason };
  }
  if (entry !== undefined && found === undefined) return { kind: 'does-not-exist', subject };
  for (const { outcome } of [forced, normal]) {
    if (outcome.status === 'failed') return { kind: 'failed', subject, reason: outcome.reason };
    if (outcome.status === 'no-solution') return { kind: 'no-selection', subject, report: outcome.report };
  }

  const own = roleText(target.role);
  const selected = normal.filled.get(own);
  const changes = changedRoles(normal.filled, forced.filled);
  if (selected === undefined || found === undefined) return { kind: 'not-used', subject, changes };
  if (isSame(selected.candidate, found)) return { kind: 'selected', subject };
  const ranked = selected.entry.accepted;
  const place = ranked.findIndex((one) => isSame(one, found));
  if (place > ranked.indexOf(selected.candidate)) {
    const key = decidingKey(selected.candidate, found, rankingRules(selected.entry, context));
    const version = formatVersion(selected.candidate.implementation.version);
    return { kind: 'ranked-lower', subject, better: { ...versionName(selected.candidate), version }, key };
  }
  return { kind: 'less-optimal', subject, changes: changes.filter(({ role }) => roleText(role) !== own) };
}

/** Leaves a role nothing but one implementation. */
function only({ role, id, fromFeed }: Target): Adjust {
  const name = roleText(role);
  const isIt = ({ implementation }: Candidate) => implementation.id === id && implementation.fromFeed === fromFeed;
  return (found) =>
    roleText(found.role) !== name
      ? found
      : {
          ...found,
          accepted: found.accepted.filter(isIt),
          rejected: found.rejected.filter(({ candidate }) => isIt(candidate)),
        };
}

function subjectOf({ role, id, fromFeed }: Target, found: Candidate | undefined): Subject {
  const version = found === undefined ? null : formatVersion(found.implementation.version);
  return { role: { interface: role.interface, isSource: role.isSource }, id, fromFeed, version };
}
