import { AppError } from '../../shared/errors/app-error.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StoreEntry } from '../core/ports/store.ts';
import type { TransferControl } from '../core/transfer-control.ts';
import type { FetchService } from './fetch-service.ts';
import type { SelectService } from './select-service.ts';

interface RepairOptions {
  readonly signal: AbortSignal;
  /** Pauses the download. */
  readonly control: TransferControl;
}

/** Replaces what is damaged by what its feed has. */
export interface RepairService {
  /**
   * Downloads an implementation again. The damaged one stays where it is until the new one is complete and checked.
   *
   * @returns bytes that came over the network
   * @throws AppError `not-allowed` if no cached feed lists it, and what `FetchService.fetch` throws
   */
  repair(entry: StoreEntry, options: RepairOptions): Promise<number>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'owners' | 'find'>;
  readonly feedCache: Pick<FeedCachePort, 'list'>;
  readonly select: Pick<SelectService, 'policy'>;
  readonly fetch: FetchService;
}

/** Creates the service. */
export function createRepairService({ solver, feedCache, select, fetch }: Deps): RepairService {
  return {
    async repair({ name, path }, { signal, control }) {
      const owner = (await solver.owners(await feedCache.list(), [name], signal))[name];
      const implementation = owner === undefined ? null : await solver.find(owner.interface, owner.id, signal);
      if (owner === undefined || implementation === null) {
        throw new AppError('not-allowed', { reason: `no known feed lists ${name}, so it can only be deleted` });
      }
      const isOffline = (await select.policy()).networkUse === 'off-line';
      // Only the digest that names the directory: another one would put the new copy beside the damaged one.
      const item = { ...implementation, digests: [name] };
      return fetch.fetch(
        [{ key: name, interface: owner.interface, name: owner.name, implementation: item, replaces: path }],
        { signal, control, isOffline },
      );
    },
  };
}
