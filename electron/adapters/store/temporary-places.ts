import * as fs from 'node:fs';
import type { LogPort } from '../../core/ports/log.ts';
import type { StoreDirectory } from '../../core/ports/store.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { createInProcessRunner } from './in-process.ts';
import { removeLeftovers } from './leftovers.ts';
import { makeTemporary } from './store-names.ts';
import type { TaskRunner } from './tasks.ts';

/** Gives actions private directories in stores, and deletes what is left of them in any case. */
export interface TemporaryPlaces {
  /** @throws AppError what the action throws, and errors of files that name the store */
  with<T>(store: string, action: (place: string) => Promise<T>): Promise<T>;
  /** Deletes a directory; what cannot be deleted is left for another day. */
  discard(path: string): Promise<void>;
}

interface Deps {
  readonly tasks: Pick<TaskRunner, 'run'>;
  readonly directories: () => readonly StoreDirectory[];
  readonly log: Pick<LogPort, 'warn'> | undefined;
}

/** Creates it. Before the first directory is made, what crashed programs left is deleted. */
export function createTemporaryPlaces({ tasks, directories, log }: Deps): TemporaryPlaces {
  let swept: Promise<void> | null = null;

  const sweep = async (): Promise<void> => {
    try {
      await removeLeftovers(directories(), Date.now(), tasks);
    } catch (error) {
      log?.warn('leftovers stay', { reason: errorCode(error) ?? String(error) });
    }
  };

  const discard = async (path: string): Promise<void> => {
    // What went wrong before is more important to know. The workers may have been ended meanwhile.
    await tasks.run('delete', { path }).catch(() =>
      createInProcessRunner()
        .run('delete', { path })
        .catch((error: unknown) => {
          log?.warn('a temporary directory stays', { path, reason: errorCode(error) ?? String(error) });
        }),
    );
  };

  return {
    discard,
    async with(store, action) {
      let place: string | null = null;
      try {
        await (swept ??= sweep());
        place = makeTemporary(store);
        return await action(place);
      } catch (error) {
        throw toFileError(error, store);
      } finally {
        if (place !== null && fs.existsSync(place)) await discard(place);
      }
    },
  };
}
