import { AppError } from '../../../shared/errors/app-error.ts';
import type { SolverPort } from '../../core/ports/solver.ts';
import { findImplementation, findOwners } from '../../core/select/find.ts';
import { select } from '../../core/select/select.ts';
import { listVersions } from '../../core/select/versions.ts';
import type { SelectWorld } from '../../core/select/world.ts';
import { ownEngine } from '../../core/solver/engine.ts';
import type { SatPort } from '../../core/solver/sat-port.ts';

/** A solver that may hold a thread. */
export interface ClosableSolver extends SolverPort {
  /** Ends what it has started. Calls under way end with AppError `cancelled`. */
  close(): Promise<void>;
}

/** A world that can look at the files again. */
export type RefreshableWorld = SelectWorld & { refresh(): void };

/** The engine to solve with, if not our own. */
export type OtherEngine = 'logic-solver';

/** Solves in this thread: for the command line, and inside the worker. Each call looks at the files anew. */
export function createSolver(world: RefreshableWorld, sat?: OtherEngine): ClosableSolver {
  let engine: Promise<SatPort> | undefined;

  const answer = async <T>(
    work: (options: { readonly engine: SatPort; readonly shouldStop: () => boolean }) => T,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const shouldStop = () => signal?.aborted === true;
    if (shouldStop()) throw new AppError('cancelled', {});
    engine ??= loadEngine(sat);
    const options = { engine: await engine, shouldStop };
    world.refresh();
    return work(options);
  };

  return {
    select: (query, signal) => answer((options) => select(query, world, options), signal),
    versions: (query, signal) => answer((options) => listVersions(query, world, options), signal),
    find: (feed, id, signal) => answer(() => findImplementation(world, feed, id), signal),
    owners: (feeds, directories, signal) => answer(() => findOwners(world, feeds, directories), signal),
    close: () => Promise.resolve(),
  };
}

/** The second engine is large and rarely wanted, so it is loaded only when it is. */
async function loadEngine(sat: OtherEngine | undefined): Promise<SatPort> {
  if (sat === undefined) return ownEngine;
  const { secondEngine } = await import('../../core/solver/second-engine.ts');
  return secondEngine;
}
