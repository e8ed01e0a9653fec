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

/**
 * Answers a call in this thread, from the files as they are now. The answer is plain data, of the type that `SolverPort`
 * gives for the call.
 *
 * @throws AppError `cancelled` if `shouldStop` said yes, `solve-failed`
 */
export function answerCall(world: RefreshableWorld, call: SolveCall, options: SelectOptions): unknown {
  world.refresh();
  switch (call.name) {
    case 'select':
      return select(call.query, world, options);
    case 'versions':
      return listVersions(call.query, world, options);
    case 'explain':
      return explain(call.query, world, options);
    case 'conflict': {
      const end = performance.now() + conflictTimeMs;
      return findConflict(call.query, world, { ...options, isLate: () => performance.now() > end });
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
