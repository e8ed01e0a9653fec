import type { RejectionKind } from '../../../shared/model/decision.ts';
import { worksOffline } from './availability.ts';
import { stabilityRank, type Candidate, type Selectable } from './candidate.ts';
import type { SelectContext } from './context.ts';
import type { Role } from './model.ts';
import { runsOnCpu, runsOnOs } from './platform.ts';
import { meets } from './restrictions.ts';

/** Why a candidate cannot be used, whatever else is chosen. */
export interface Rejection {
  readonly kind: RejectionKind;
  /** In the words of selection.md 7.3. */
  readonly reason: string;
}

/** Levels up to this one are never offered. */
const poor = stabilityRank('buggy');

/** The texts that need no details. @see selection.md 7.3 */
const fixedReasons = {
  os: 'Not compatible with the requested OS type',
  binary: 'We want source and this is a binary',
  source: 'We want a binary and this is source',
  cpu: 'Not compatible with the requested CPU type',
  'no-compile-command': "Missing <command name='compile'>",
  'no-retrieval': 'No retrieval methods',
  offline: "Can't download it because we're offline",
} as const;

const fixed = (kind: keyof typeof fixedReasons): Rejection => ({ kind, reason: fixedReasons[kind] });

/** Said of source code that cannot be compiled, where compiling is allowed. */
export const noCompileCommand: Rejection = fixed('no-compile-command');

/** The first reason why a candidate cannot be used, or null. @see selection.md 7.3 */
export function rejectionOf(candidate: Candidate, role: Role, context: SelectContext): Rejection | null {
  return (
    excluded(candidate, role, context) ??
    (candidate.stability <= poor ? poorStability(candidate) : null) ??
    platformRejection(candidate.implementation, role, context) ??
    (candidate.isAvailable ? null : unavailability(candidate.implementation, context))
  );
}

/** Every reason against a candidate that would remain if the others were lifted. */
export function allRejections(candidate: Candidate, role: Role, context: SelectContext): readonly Rejection[] {
  const { implementation } = candidate;
  const { platform, query } = context;
  const isSource = implementation.cpu === 'src';
  return [
    excluded(candidate, role, context),
    candidate.stability <= poor ? poorStability(candidate) : null,
    runsOnOs(platform, implementation.os) ? null : fixed('os'),
    role.isSource && !isSource ? fixed('binary') : null,
    !role.isSource && isSource ? fixed(query.requirements.mayCompile ? 'no-compile-command' : 'source') : null,
    isSource || runsOnCpu(platform, implementation.cpu) ? null : fixed('cpu'),
    candidate.isAvailable ? null : unavailability(implementation, context),
  ].filter((rejection) => rejection !== null);
}

function excluded({ implementation }: Candidate, role: Role, context: SelectContext): Rejection | null {
  const wanted = context.userRestriction(role.interface);
  if (wanted === null || meets(implementation, wanted, context.world.host.distribution)) return null;
  return { kind: 'restriction', reason: `Excluded by user-provided restriction: ${wanted.text}` };
}

function poorStability({ userRating, implementation }: Candidate): Rejection {
  return { kind: 'stability', reason: `Poor stability '${userRating ?? implementation.stability}'` };
}

function platformRejection(implementation: Selectable, role: Role, { platform }: SelectContext): Rejection | null {
  if (!runsOnOs(platform, implementation.os)) return fixed('os');
  const isSource = implementation.cpu === 'src';
  if (role.isSource && !isSource) return fixed('binary');
  if (!role.isSource && isSource) return fixed('source');
  return isSource || runsOnCpu(platform, implementation.cpu) ? null : fixed('cpu');
}

function unavailability(implementation: Selectable, context: SelectContext): Rejection | null {
  const isOffline = context.query.policy.networkUse === 'off-line';
  switch (implementation.kind) {
    case 'local':
      return {
        kind: 'missing-directory',
        reason: `Local impl's directory (${implementation.localPath ?? ''}) is missing`,
      };
    case 'package':
      return isOffline ? fixed('offline') : null;
    case 'stored':
      if (implementation.retrievalMethods.length === 0) return fixed('no-retrieval');
      return isOffline && !worksOffline(implementation.retrievalMethods) ? fixed('offline') : null;
    case 'compile':
      return implementation.source === undefined ? null : unavailability(implementation.source, context);
  }
}
