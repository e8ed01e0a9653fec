import type { Result } from '../../../shared/errors/app-error.ts';
import type { Host } from '../../core/select/world.ts';
import type { Paths } from '../paths.ts';
import type { OtherEngine, SolveCall } from './calls.ts';

/** What the solving worker builds its world from. Plain data, except for the one cell that both sides see. */
export interface SolveWorkerData {
  readonly paths: Paths;
  readonly host: Host;
  readonly extraStores: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly sat: OtherEngine | null;
  /** How long a search may take. */
  readonly timeLimitMs: number;
  /** Holds the number of the request that is to stop; read even while the worker is busy. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

/** To the worker: one request at a time. */
export interface SolveRequest {
  readonly id: number;
  readonly call: SolveCall;
}

/** From the worker. */
export interface SolveReply {
  readonly id: number;
  readonly result: Result<unknown>;
}
