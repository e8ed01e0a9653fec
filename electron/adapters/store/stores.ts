import * as fs from 'node:fs';
import { basename, resolve } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isAlgorithm, parseDigestName, type Algorithm } from '../../core/manifest/digest-name.ts';
import type { LogPort } from '../../core/ports/log.ts';
import type { StoreDirectory, StoredImplementation, StorePort, UnpackLimits } from '../../core/ports/store.ts';
import type { Paths } from '../paths.ts';
import { createAdding, type Sharing } from './adding.ts';
import { createInProcessRunner } from './in-process.ts';
import { isDirectory } from './is-directory.ts';
import { removeLeftovers } from './leftovers.ts';
import { checkEntry, entriesOf, moveAway } from './store-entries.ts';
import { existingAncestor, listStores } from './store-list.ts';
import { createTemporaryPlaces } from './temporary-places.ts';
import { createWorkerRunner } from './worker-runner.ts';

/** What `createStores` joins. */
export interface StoresOptions {
  readonly paths: Paths;
  /** Directories from the command line; only read. */
  readonly extraStores?: readonly string[] | undefined;
  /** The built `workers/store.js`; without it all work is done in this thread. */
  readonly worker?: URL | undefined;
  /** Instead of the usual ones. */
  readonly limits?: Partial<UnpackLimits> | undefined;
  readonly log?: Pick<LogPort, 'warn'> | undefined;
  /** Without it nothing is handed to a helper. */
  readonly sharing?: Sharing | undefined;
}

/** The stores of this machine, with what only the program itself needs. */
export interface Stores extends StorePort {
  /** As the function of this name in `leftovers.ts`. */
  removeLeftovers(now: number): Promise<readonly string[]>;
  /** Ends workers. Nothing is to be called afterwards. */
  close(): Promise<void>;
}

/** Opens the stores. Nothing is created before something is added. @see store.md */
export function createStores(options: StoresOptions): Stores {
  const tasks = options.worker === undefined ? createInProcessRunner() : createWorkerRunner(options.worker);
  // Looking something up shall cost no reading of settings; they are read again when somebody asks for the list.
  let known = listStores(options);
  // Warnings once are enough.
  const directories = (): readonly StoreDirectory[] => (known = listStores({ ...options, log: undefined }));
  const userStore = (): string => known[0]?.path ?? '';

  const lookup = (digests: readonly string[]): StoredImplementation | null => {
    for (const name of digests) {
      // Only what has the form of a digest may be part of a path.
      if (parseDigestName(name) === null) continue;
      for (const store of known) {
        const path = `${store.path}/${name}`;
        if (isDirectory(path)) return { path, store: store.path };
      }
    }
    return null;
  };

  const places = createTemporaryPlaces({ tasks, directories, log: options.log });

  return {
    directories,
    lookup: async (digests) => lookup(digests),
    ...createAdding({
      sharing: options.sharing ?? null,
      tasks,
      places,
      directories,
      userStore,
      lookup,
      limits: options.limits,
    }),
    async checkArchive(archive) {
      const { checkArchive } = await import('../archive/unpack-archive.ts');
      checkArchive(archive);
    },
    list: async () => directories().flatMap((store, storeIndex) => entriesOf(store.path, storeIndex)),
    async listDirectory(path) {
      checkDirectory(path);
      return entriesOf(path.length > 1 ? path.replace(/\/+$/, '') : path, -1);
    },
    measure: (entries, signal) => tasks.run('measure', { paths: entries.map(({ path }) => path) }, { signal }),
    async optimise(store, { isDryRun, signal, onProgress }) {
      const path = resolve(store);
      checkDirectory(path);
      // What is called something else is hardly a store: a wrong word must not join a person's own files.
      if (basename(path) !== 'implementations') {
        throw new AppError('not-allowed', { reason: `a store is called 'implementations', not '${basename(path)}'` });
      }
      const report = onProgress && (({ bytes }: { readonly bytes: number }): void => onProgress(bytes));
      return tasks.run('optimise', { store: path, isDryRun }, { signal, onProgress: report });
    },
    diff: (before, after, signal) => tasks.run('diff', { before: resolve(before), after: resolve(after) }, { signal }),
    async verify(path, expected, signal) {
      const name = expected ?? basename(path);
      const digest = parseDigestName(name);
      if (digest === null) throw new AppError('bad-digest', { text: name });
      return tasks.run('verify', { path, expected: digest }, { signal });
    },
    async remove(entry) {
      checkEntry(entry, directories());
      const away = moveAway(entry.path);
      return away === null ? 0 : tasks.run('delete', { path: away, isCounted: true });
    },
    digest: async (path, algorithm, signal) =>
      tasks.run('digest', { path, algorithm: checkedAlgorithm(algorithm) }, { signal }),
    digestArchive: async ({ file, mimeType, extract, algorithm, signal }) => {
      const known = checkedAlgorithm(algorithm);
      return places.with(userStore(), (place) =>
        tasks.run('digestArchive', { place, file, mimeType, extract, algorithm: known }, { signal }),
      );
    },
    async freeBytes() {
      try {
        const { bavail, bsize } = await fs.promises.statfs(existingAncestor(userStore()));
        return bavail * bsize;
      } catch {
        return null;
      }
    },
    removeLeftovers: (now) => removeLeftovers(directories(), now, tasks),
    close: () => tasks.close(),
  };
}

function checkedAlgorithm(name: string): Algorithm {
  if (!isAlgorithm(name)) throw new AppError('digest-unsupported', { algorithms: name });
  return name;
}

/** Of a path that a person typed: links to directories are followed. */
function checkDirectory(path: string): void {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new AppError('file-missing', { path });
  if (!stat.isDirectory()) throw new AppError('file-failed', { path, reason: 'it is no directory' });
}
