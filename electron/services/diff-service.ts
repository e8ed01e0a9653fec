import { AppError } from '../../shared/errors/app-error.ts';
import type { FileDiff } from '../../shared/model/index.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StorePort } from '../core/ports/store.ts';

/** One implementation of one feed. */
export interface ImplementationRef {
  readonly fromFeed: string;
  readonly id: string;
}

/** Says where the files of implementations are, and in which of them they differ. */
export interface DiffService {
  /** @throws AppError `no-such` for an unknown one, `implementation-missing` for one whose files are not here */
  diff(before: ImplementationRef, after: ImplementationRef): Promise<FileDiff>;
  /** Directory of its files. @throws AppError as `diff` */
  pathOf(implementation: ImplementationRef): Promise<string>;
}

/** Nobody reads more of them. */
const maxChanges = 5000;

/** Creates the service. */
export function createDiffService({
  solver,
  store,
}: {
  readonly solver: Pick<SolverPort, 'find'>;
  readonly store: Pick<StorePort, 'diff'>;
}): DiffService {
  const pathOf = async ({ fromFeed, id }: ImplementationRef): Promise<string> => {
    const found = await solver.find(fromFeed, id);
    if (found === null) throw new AppError('no-such', { what: 'implementation', id });
    const { availability, version } = found;
    if (availability.kind === 'cached' || availability.kind === 'local') return availability.path;
    throw new AppError('implementation-missing', { interface: fromFeed, version });
  };

  return {
    pathOf,
    async diff(before, after) {
      const { changes, ...rest } = await store.diff(await pathOf(before), await pathOf(after));
      const shown = changes.slice(0, maxChanges).map((change) => ({ ...change, aspects: [...change.aspects] }));
      return { ...rest, changes: shown, moreCount: changes.length - shown.length };
    },
  };
}
