import { AppError } from '../../../shared/errors/app-error.ts';
import type { SolverPort } from '../../core/ports/solver.ts';
import { systemClock } from '../clock.ts';
import {
  answerCall,
  defaultTimeLimitMs,
  loadEngine,
  type OtherEngine,
  type RefreshableWorld,
  type SolveCall,
  type TimeLimit,
} from './calls.ts';

/** A solver that may hold a thread. */
export interface ClosableSolver extends SolverPort {
  /** Ends what it has started. Calls under way end with AppError `cancelled`. */
  close(): Promise<void>;
}

export interface SolverOptions {
  readonly sat?: OtherEngine | undefined;
  readonly time?: TimeLimit;
}

/** Solves in this thread, for the command line. Each call looks at the files anew. */
export function createSolver(world: RefreshableWorld, options: SolverOptions = {}): ClosableSolver {
  const { sat, time = { clock: systemClock, limitMs: defaultTimeLimitMs } } = options;
  return toSolver(
    async (call, signal) => {
      const shouldStop = () => signal?.aborted === true;
      if (shouldStop()) throw new AppError('cancelled', {});
      return answerCall(world, call, { engine: await loadEngine(sat), shouldStop, time });
    },
    () => Promise.resolve(),
  );
}

/** Makes a solver of a function that answers calls with what the port promises for them. */
export function toSolver(
  ask: (call: SolveCall, signal: AbortSignal | undefined) => Promise<unknown>,
  close: () => Promise<void>,
): ClosableSolver {
  type Answer<N extends keyof SolverPort> = ReturnType<SolverPort[N]>;
  return {
    select: (query, signal) => ask({ name: 'select', query }, signal) as Answer<'select'>,
    versions: (query, signal) => ask({ name: 'versions', query }, signal) as Answer<'versions'>,
    explain: (query, signal) => ask({ name: 'explain', query }, signal) as Answer<'explain'>,
    conflict: (query, signal) => ask({ name: 'conflict', query }, signal) as Answer<'conflict'>,
    compare: (query, signal) => ask({ name: 'compare', query }, signal) as Answer<'compare'>,
    find: (feed, id, signal) => ask({ name: 'find', feed, id }, signal) as Answer<'find'>,
    owners: (feeds, directories, signal) => ask({ name: 'owners', feeds, directories }, signal) as Answer<'owners'>,
    close,
  };
}
