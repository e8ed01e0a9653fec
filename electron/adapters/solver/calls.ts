import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { ClockPort } from '../../core/ports/clock.ts';
import { compareSelections } from '../../core/select/compare.ts';
import { findConflict } from '../../core/select/conflict.ts';
import { explain } from '../../core/select/explain.ts';
import { findImplementation, findOwners } from '../../core/select/find.ts';
import type { CompareQuery, ExplainQuery, SelectQuery, VersionsQuery } from '../../core/select/model.ts';
import { select, type SelectOptions } from '../../core/select/select.ts';
import { listVersions } from '../../core/select/versions.ts';
import type { SelectWorld } from '../../core/select/world.ts';
import { ownEngine } from '../../core/solver/engine.ts';
import type { SatPort } from '../../core/solver/sat-port.ts';
import { monotonicMs } from '../clock.ts';

/** A world that can look at the files again. */
export type RefreshableWorld = SelectWorld & { refresh(): void };

/** The engine to solve with, if not our own. */
export type OtherEngine = 'logic-solver';

/** How long a conflict is made smaller and resolutions are tried. */
const conflictTimeMs = 3000;

/** A call of the solver as plain data. */
export type SolveCall =
  | { readonly name: 'select'; readonly query: SelectQuery }
  | { readonly name: 'versions'; readonly query: VersionsQuery }
  | { readonly name: 'explain'; readonly query: ExplainQuery }
  | { readonly name: 'conflict'; readonly query: SelectQuery }
  | { readonly name: 'compare'; readonly query: CompareQuery }
  | { readonly name: 'find'; readonly feed: string; readonly id: string }
  | { readonly name: 'owners'; readonly feeds: readonly string[]; readonly directories: readonly string[] };

/** How long one search may take. Real ones end in well under a second. */
export interface TimeLimit {
  readonly clock: Pick<ClockPort, 'now'>;
  readonly limitMs: number;
}

/** Of people's patience, and of a search that can go on for years: parts that exclude each other are a hard problem. */
export const defaultTimeLimitMs = 60_000;

/**
 * Answers a call in this thread, from the files as they are now. The answer is plain data, of the type that `SolverPort`
 * gives for the call.
 *
 * @throws AppError `cancelled` if `shouldStop` said yes, `solve-timeout`, `solve-failed`
 */
export function answerCall(
  world: RefreshableWorld,
  call: SolveCall,
  { engine, shouldStop, time }: Required<SelectOptions> & { readonly time: TimeLimit },
): unknown {
  const { clock, limitMs } = time;
  const endsAt = clock.now() + limitMs;
  try {
    return answer(world, call, { engine, shouldStop: () => shouldStop() || clock.now() >= endsAt });
  } catch (error) {
    if (isAppError(error, 'cancelled') && !shouldStop()) throw timeoutError(limitMs);
    throw error;
  }
}

/** What a search that was not over in time ends with. */
export function timeoutError(limitMs: number): AppError<'solve-timeout'> {
  return new AppError('solve-timeout', { seconds: Math.ceil(limitMs / 1000) });
}

function answer(world: RefreshableWorld, call: SolveCall, options: SelectOptions): unknown {
  world.refresh();
  switch (call.name) {
    case 'select':
      return select(call.query, world, options);
    case 'versions':
      return listVersions(call.query, world, options);
    case 'explain':
      return explain(call.query, world, options);
    case 'conflict': {
      const end = monotonicMs() + conflictTimeMs;
      return findConflict(call.query, world, { ...options, isLate: () => monotonicMs() > end });
    }
    case 'compare':
      return compareSelections(call.query, world, options);
    case 'find':
      return findImplementation(world, call.feed, call.id);
    case 'owners':
      return findOwners(world, call.feeds, call.directories);
  }
}

/** The second engine is large and rarely wanted, so it is loaded only when it is. */
export async function loadEngine(sat: OtherEngine | undefined): Promise<SatPort> {
  if (sat === undefined) return ownEngine;
  const { secondEngine } = await import('../../core/solver/second-engine.ts');
  return secondEngine;
}
