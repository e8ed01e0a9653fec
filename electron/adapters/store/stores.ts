import * as fs from 'node:fs';
import { basename } from 'node:path';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import {
  bestDigest,
  isAlgorithm,
  parseDigestName,
  type Algorithm,
  type KnownDigest,
} from '../../core/manifest/digest-name.ts';
import type { LogPort } from '../../core/ports/log.ts';
import type {
  AddRequest,
  StoreDirectory,
  StoredImplementation,
  StoreEntry,
  StorePort,
  UnpackLimits,
} from '../../core/ports/store.ts';
import { checkArchive } from '../archive/unpack-archive.ts';
import { errorCode, toFileError } from '../file-error.ts';
import type { Paths } from '../paths.ts';
import { createInProcessRunner, runTask } from './in-process.ts';
import { placeTree } from './place-tree.ts';
import { existingAncestor, listStores } from './store-list.ts';
import { kindOfName, makeTemporary, temporaryName } from './store-names.ts';
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
}

/** The stores of this machine, with what only the program itself needs. */
export interface Stores extends StorePort {
  /**
   * Deletes what crashed programs left in the user's and the shared store: what is temporary, this user's, and older than
   * a day.
   *
   * @param now milliseconds since 1970
   * @returns paths that are gone
   */
  removeLeftovers(now: number): Promise<readonly string[]>;
  /** Ends workers. Nothing is to be called afterwards. */
  close(): Promise<void>;
}

const leftoverAgeMs = 24 * 60 * 60 * 1000;

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

  /** Gives an action a private directory in a store, and deletes what is left of it in any case. */
  const withTemporary = async <T>(store: string, action: (place: string) => Promise<T>): Promise<T> => {
    let place: string | null = null;
    try {
      place = makeTemporary(store);
      return await action(place);
    } catch (error) {
      throw toFileError(error, store);
    } finally {
      if (place !== null && fs.existsSync(place)) await cleanUp(place);
    }
  };

  /** What cannot be deleted is left for another day; what went wrong before is more important to know. */
  const cleanUp = async (path: string): Promise<void> => {
    // The workers may have been ended meanwhile.
    await tasks.run('delete', { path }).catch(() =>
      runTask('delete', { path }).catch((error: unknown) => {
        options.log?.warn('a temporary directory stays', { path, reason: errorCode(error) ?? String(error) });
      }),
    );
  };

  const add = async (request: AddRequest): Promise<StoredImplementation> => {
    const { signal, onProgress } = request;
    if (signal?.aborted === true) throw new AppError('cancelled', {});
    const digest = digestToBuild(request.digests);
    const found = lookup(request.digests);
    if (found !== null) return found;
    const store = userStore();
    return withTemporary(store, async (place) => {
      const limits = { ...options.limits, ...request.limits };
      const { steps } = request;
      const isFollowing = steps.some((step) => 'growth' in step && step.growth !== undefined);
      await tasks.run('build', { place, digest, steps, limits }, { signal, onProgress, isFollowing });
      if (signal?.aborted === true) throw new AppError('cancelled', {});
      const shared = directories().find(({ name, isWritable }) => name === 'shared' && isWritable);
      if (shared !== undefined && (await placeInShared(place, shared.path, digest))) {
        return { path: `${shared.path}/${digest.directory}`, store: shared.path };
      }
      placeTree(place, store, digest.directory);
      return { path: `${store}/${digest.directory}`, store };
    });
  };

  /** @returns false if the shared store does not take it after all */
  const placeInShared = async (place: string, shared: string, digest: KnownDigest): Promise<boolean> => {
    try {
      placeTree(place, shared, digest.directory);
      return true;
    } catch (error) {
      if (isRefusal(error)) return false;
      if (errorCode(error) !== 'EXDEV') throw toFileError(error, shared);
    }
    try {
      await withTemporary(shared, async (copy) => {
        await tasks.run('copy', { from: place, place: copy, digest });
        placeTree(copy, shared, digest.directory);
      });
      return true;
    } catch (error) {
      if (isRefusal(error) || isAppError(error, 'disk-full')) return false;
      throw error;
    }
  };

  return {
    directories,
    lookup: async (digests) => lookup(digests),
    add,
    checkArchive,
    list: async () => directories().flatMap((store, storeIndex) => entriesOf(store.path, storeIndex)),
    size: (entry) => tasks.run('measure', { path: entry.path }),
    async verify(path, expected, signal) {
      const name = expected ?? basename(path);
      const digest = parseDigestName(name);
      if (digest === null) throw new AppError('bad-digest', { text: name });
      return tasks.run('verify', { path, expected: digest }, { signal });
    },
    async remove(entry) {
      checkEntry(entry, directories());
      const away = moveAway(entry);
      return away === null ? 0 : tasks.run('delete', { path: away, isCounted: true });
    },
    digest: async (path, algorithm, signal) =>
      tasks.run('digest', { path, algorithm: checkedAlgorithm(algorithm) }, { signal }),
    digestArchive: async ({ file, mimeType, extract, algorithm, signal }) => {
      const known = checkedAlgorithm(algorithm);
      return withTemporary(userStore(), (place) =>
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
    async removeLeftovers(now) {
      const removed: string[] = [];
      const uid = process.getuid?.();
      const own = directories().filter(({ name, isWritable }) => isWritable && (name === 'user' || name === 'shared'));
      for (const entry of own.flatMap((store) => entriesOf(store.path, 0))) {
        if (entry.kind !== 'temporary') continue;
        const stat = fs.lstatSync(entry.path, { throwIfNoEntry: false });
        if (stat === undefined || now - stat.mtimeMs < leftoverAgeMs) continue;
        if (uid !== undefined && stat.uid !== uid) continue;
        await tasks.run('delete', { path: entry.path });
        removed.push(entry.path);
      }
      return removed;
    },
    close: () => tasks.close(),
  };
}

/** The digest to build by. @throws AppError `bad-digest`, `digest-unsupported` */
function digestToBuild(names: readonly string[]): KnownDigest {
  const digest = bestDigest(names);
  // The old format is ambiguous: two trees can have one digest. What is stored by it can still be used.
  if (digest !== null && digest.algorithm !== 'sha1') return digest;
  const malformed = names.find((name) => isAlgorithm(algorithmOf(name)) && parseDigestName(name) === null);
  if (malformed !== undefined) throw new AppError('bad-digest', { text: malformed });
  throw new AppError('digest-unsupported', { algorithms: names.map(algorithmOf).join(', ') });
}

function algorithmOf(name: string): string {
  return /^[^=_]*/.exec(name)?.[0] ?? '';
}

function checkedAlgorithm(name: string): Algorithm {
  if (!isAlgorithm(name)) throw new AppError('digest-unsupported', { algorithms: name });
  return name;
}

function entriesOf(store: string, storeIndex: number): readonly StoreEntry[] {
  let names: readonly string[];
  try {
    names = fs.readdirSync(store);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw toFileError(error, store);
  }
  return names.flatMap((name) => {
    const path = `${store}/${name}`;
    const stat = fs.lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const kind = kindOfName(name);
    const isReal = kind !== 'implementation' || stat.isDirectory();
    return { storeIndex, name, path, kind: isReal ? kind : 'foreign', modifiedAt: stat.mtime.toISOString() };
  });
}

/** Nothing but what lies directly in a store that we may write to is ever deleted. */
function checkEntry(entry: StoreEntry, stores: readonly StoreDirectory[]): void {
  const store = stores[entry.storeIndex];
  const isInside = store !== undefined && entry.path === `${store.path}/${entry.name}`;
  if (!isInside || entry.name === '' || entry.name === '.' || entry.name === '..' || /[/\0]/.test(entry.name)) {
    throw new AppError('no-such', { what: 'store entry', id: entry.path });
  }
  if (!store.isWritable) throw new AppError('permission-denied', { path: entry.path });
}

/** Takes an entry's name away, so that it cannot be found half deleted. @returns null if it was gone */
function moveAway(entry: StoreEntry): string | null {
  const away = `${entry.path.slice(0, -entry.name.length)}${temporaryName()}`;
  const move = (): void => fs.renameSync(entry.path, away);
  try {
    try {
      move();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Some systems refuse to rename a directory that may not be written to.
      fs.chmodSync(entry.path, 0o755);
      move();
    }
    return away;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw toFileError(error, entry.path);
  }
}

function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '') || isAppError(error, 'permission-denied');
}

function isDirectory(path: string): boolean {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    // Directories that we may not look into hold nothing for us.
    if (['EACCES', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
