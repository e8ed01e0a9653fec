import { AppError } from '../../shared/errors/app-error.ts';
import type { CacheItem, CacheListing, InterfaceUri, JobId, StoreItemId } from '../../shared/model/index.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StoreEntry, StorePort } from '../core/ports/store.ts';
import type { JobContext, JobService } from './job-service.ts';
import type { LibraryService } from './library-service.ts';
import { toRequirements } from './run-service.ts';
import type { SelectService } from './select-service.ts';

/** Everything that is stored: what it belongs to, who needs it, and removing it. */
export interface CacheService {
  list(): Promise<CacheListing>;
  /** Frees the items; the job's `bytes` are the bytes really freed. */
  delete(items: readonly StoreItemId[]): JobId;
  /** Frees every implementation and temporary directory that may be deleted and is not being used. Feeds and settings stay. */
  clear(): JobId;
  /** Compares each item with its digest; the first damaged one makes the job fail. */
  verify(items: readonly StoreItemId[]): JobId;
  /** The directory of an item, for the file manager. @throws AppError `no-such` */
  pathOf(item: StoreItemId): Promise<string>;
}

interface Deps {
  readonly store: StorePort;
  readonly solver: Pick<SolverPort, 'owners'>;
  readonly select: Pick<SelectService, 'local'>;
  readonly feedCache: Pick<FeedCachePort, 'list'>;
  readonly library: Pick<LibraryService, 'read'>;
  readonly jobs: JobService;
  /** What running programs use: it stays. */
  readonly inUse: () => ReadonlySet<string>;
  readonly onChanged: (what: 'cache' | 'apps' | 'solve') => void;
}

/** Creates the service. */
export function createCacheService(deps: Deps): CacheService {
  const { store, jobs } = deps;

  const entriesById = async (): Promise<Map<StoreItemId, StoreEntry>> =>
    new Map((await store.list()).map((entry) => [toItemId(entry), entry]));

  /** Directory name → names of the programs in *My apps* that need it now. */
  const needs = async (): Promise<Map<string, string[]>> => {
    const result = new Map<string, string[]>();
    for (const [uri, app] of Object.entries(await deps.library.read())) {
      const answer = await deps.select.local(toRequirements({ interface: uri }), { offline: true });
      if (answer.status !== 'solved') continue;
      const name = answer.tree[0]?.name ?? app.name ?? uri;
      for (const digest of answer.selections.selections.flatMap((selection) => selection.digests)) {
        result.set(digest, [...(result.get(digest) ?? []), name]);
      }
    }
    return result;
  };

  const remove = async (entries: readonly StoreEntry[], context: JobContext): Promise<void> => {
    let bytes = 0;
    for (const [index, entry] of entries.entries()) {
      context.signal.throwIfAborted();
      bytes += await store.remove(entry);
      context.update({ bytes, progress: countProgress(index + 1, entries.length) });
    }
    for (const what of ['cache', 'apps', 'solve'] as const) deps.onChanged(what);
  };

  const isDeletable = (entry: StoreEntry): boolean =>
    entry.kind !== 'foreign' && store.directories()[entry.storeIndex]?.isWritable === true;

  /** Temporary directories belong to downloads while there are any. */
  const isFree = (entry: StoreEntry): boolean => {
    if (entry.kind === 'implementation') return !deps.inUse().has(entry.name);
    return !jobs.list().some(({ kind, finishedAt }) => finishedAt === null && (kind === 'run' || kind === 'download'));
  };

  const find = async (ids: readonly StoreItemId[]): Promise<readonly StoreEntry[]> => {
    const all = await entriesById();
    return ids.map((id) => {
      const entry = all.get(id);
      if (!entry) throw new AppError('no-such', { what: 'stored implementation', id });
      return entry;
    });
  };

  return {
    async list() {
      const entries = (await store.list()).filter((entry) => entry.kind !== 'foreign');
      const implementations = entries.filter((entry) => entry.kind === 'implementation').map((entry) => entry.name);
      const [owners, neededBy, sizes] = await Promise.all([
        deps.solver.owners(await deps.feedCache.list(), implementations),
        needs(),
        Promise.all(entries.map((entry) => store.size(entry))),
      ]);
      const items = entries.map((entry, index): CacheItem => {
        const owner = owners[entry.name];
        return {
          id: toItemId(entry),
          digest: entry.name,
          kind: entry.kind === 'temporary' ? 'temporary' : owner ? 'implementation' : 'unowned',
          interface: (owner?.interface ?? null) as InterfaceUri | null,
          name: owner?.name ?? null,
          version: owner?.version ?? null,
          sizeBytes: sizes[index] ?? 0,
          store: store.directories()[entry.storeIndex]?.name ?? '',
          canDelete: isDeletable(entry),
          neededBy: neededBy.get(entry.name) ?? [],
          storedAt: entry.modifiedAt,
        };
      });
      return {
        items,
        totalBytes: items.reduce((sum, item) => sum + item.sizeBytes, 0),
        freeBytes: await store.freeBytes(),
        stores: store.directories().map(({ name, path, isWritable }) => ({ name, path, isWritable })),
      };
    },
    delete: (items) =>
      jobs.start(
        { kind: 'cache-delete', interface: null, title: String(items.length), phase: 'deleting' },
        async (context) => {
          const entries = await find(items);
          const locked = entries.find((entry) => !isDeletable(entry));
          if (locked) throw new AppError('permission-denied', { path: locked.path });
          const busy = entries.find((entry) => !isFree(entry));
          if (busy) throw new AppError('not-allowed', { reason: `${busy.name} is being used; end the program first` });
          await remove(entries, context);
        },
      ),
    clear: () =>
      jobs.start({ kind: 'cache-delete', interface: null, title: '', phase: 'deleting' }, async (context) => {
        await remove(
          (await store.list()).filter((entry) => isDeletable(entry) && isFree(entry)),
          context,
        );
      }),
    verify: (items) =>
      jobs.start(
        { kind: 'cache-verify', interface: null, title: String(items.length), phase: 'verifying' },
        async (context) => {
          const entries = await find(items);
          for (const [index, entry] of entries.entries()) {
            const result = await store.verify(entry.path, undefined, context.signal);
            if (!result.isOk) throw new AppError('implementation-damaged', { path: entry.path, report: result.report });
            context.update({ progress: countProgress(index + 1, entries.length) });
          }
        },
      ),
    async pathOf(item) {
      const [entry] = await find([item]);
      if (!entry) throw new Error('find gives one entry per id');
      return entry.path;
    },
  };
}

function toItemId(entry: StoreEntry): StoreItemId {
  return `${entry.storeIndex}:${entry.name}` as StoreItemId;
}

/** Items instead of bytes: the same bar shows both. */
function countProgress(done: number, total: number) {
  return { phase: 'storing' as const, receivedBytes: done, totalBytes: total, bytesPerSecond: null, secondsLeft: null };
}
