import { AppError } from '../../shared/errors/app-error.ts';
import type {
  CacheItem,
  CacheListing,
  CleanUpPreview,
  DamagedItem,
  InterfaceUri,
  JobId,
  JobSnapshot,
  StoreItemId,
} from '../../shared/model/index.ts';
import type { StoreEntry, StorePort } from '../core/ports/store.ts';
import type { CleanUpService, StoredItem } from './clean-up-service.ts';
import type { JobContext, JobService } from './job-service.ts';
import type { RepairService } from './repair-service.ts';
import type { VerificationLog } from './verification-log.ts';

/** Everything that is stored: what it belongs to, who needs it, and removing it. */
export interface CacheService {
  list(): Promise<CacheListing>;
  /** Bytes that deleting items together would free. @throws AppError `no-such` */
  measure(items: readonly StoreItemId[]): Promise<number>;
  /** Frees the items; the job's `bytes` are the bytes really freed. */
  delete(items: readonly StoreItemId[]): JobId;
  /** Frees every implementation and leftover that may be deleted and is not being used. Feeds and settings stay. */
  clear(): JobId;
  /** What `cleanUp` would delete. */
  previewCleanUp(keepRuns: number): Promise<CleanUpPreview>;
  /** Deletes what nothing needs, but nothing that was not shown. */
  cleanUp(items: readonly StoreItemId[], keepRuns: number): JobId;
  /** Compares each item with its digest; the damaged ones are in the job, and the first of them makes it fail. */
  verify(items: readonly StoreItemId[]): JobId;
  /** Compares each item with its digest, and downloads the damaged ones again. */
  repair(items: readonly StoreItemId[]): JobId;
  /** Whether the last verification of this session found it damaged. */
  isDamaged(entry: StoreEntry): boolean;
  /** The directory of an item, for the file manager. @throws AppError `no-such` */
  pathOf(item: StoreItemId): Promise<string>;
}

interface Deps {
  readonly store: StorePort;
  readonly cleanUp: CleanUpService;
  readonly repairs: RepairService;
  readonly verifications: Pick<VerificationLog, 'note' | 'forget'>;
  readonly jobs: JobService;
  /** Directory names that running programs use: what has them stays. */
  readonly inUse: () => ReadonlySet<string>;
  readonly onChanged: (what: 'cache' | 'apps' | 'solve') => void;
}

/** Of the report on a damaged item, characters that the listing carries; the files in it are named by others. */
const maxDamageChars = 20_000;

/** In the listing, how many of the latest runs count as needing what they used. */
const listedRuns = 10;

/** Creates the service. */
export function createCacheService(deps: Deps): CacheService {
  const { store, jobs, cleanUp, repairs } = deps;
  /** What verifications found; an entry that was replaced since has another time and does not count. */
  const damage = new Map<StoreItemId, { readonly modifiedAt: string | null; readonly report: string }>();

  const start = (
    { kind, phase, count }: { kind: JobSnapshot['kind']; phase: JobSnapshot['phase']; count: number | null },
    work: (context: JobContext) => Promise<void>,
  ): JobId => jobs.start({ kind, interface: null, title: count === null ? '' : String(count), phase }, work);

  const changed = (): void => {
    for (const what of ['cache', 'apps', 'solve'] as const) deps.onChanged(what);
  };

  const remove = async (entries: readonly StoreEntry[], context: JobContext): Promise<void> => {
    let bytes = 0;
    try {
      for (const [index, entry] of entries.entries()) {
        context.signal.throwIfAborted();
        bytes += await store.remove(entry);
        context.update({ bytes, progress: countProgress(index + 1, entries.length) });
      }
    } finally {
      changed();
    }
  };

  const isDeletable = (entry: StoreEntry): boolean =>
    entry.kind !== 'foreign' && store.directories()[entry.storeIndex]?.isWritable === true;

  const isFree = (entry: StoreEntry, used: ReadonlySet<string>): boolean =>
    entry.kind === 'implementation' ? !used.has(entry.name) : entry.isLeftOver;

  const checkFree = (entries: readonly StoreEntry[]): void => {
    const used = deps.inUse();
    const busy = entries.find((entry) => !isFree(entry, used));
    if (busy) throw new AppError('not-allowed', { reason: `${busy.name} is being used; end the program first` });
  };

  const find = async (ids: readonly StoreItemId[]): Promise<readonly StoreEntry[]> => {
    const all = new Map((await store.list()).map((entry) => [toItemId(entry), entry]));
    return ids.map((id) => {
      const entry = all.get(id);
      if (!entry) throw new AppError('no-such', { what: 'stored implementation', id });
      return entry;
    });
  };

  /** Verifies items one after the other, and hands the damaged ones on. */
  const verifyEach = async (
    entries: readonly StoreEntry[],
    context: JobContext,
    onDamaged: (entry: StoreEntry, report: string) => Promise<void>,
  ): Promise<void> => {
    const damaged: DamagedItem[] = [];
    for (const [index, entry] of entries.entries()) {
      context.signal.throwIfAborted();
      const result = await store.verify(entry.path, undefined, context.signal);
      if (!result.isOk) {
        damage.set(toItemId(entry), { modifiedAt: entry.modifiedAt, report: excerpt(result.report) });
        damaged.push({ item: toItemId(entry), digest: entry.name, report: result.report });
        context.update({ damaged: [...damaged] });
        await deps.verifications.forget(entry);
        await onDamaged(entry, result.report);
      } else {
        damage.delete(toItemId(entry));
        await deps.verifications.note(entry);
      }
      context.update({ progress: countProgress(index + 1, entries.length) });
    }
  };

  const damageOf = (entry: StoreEntry): string | null => {
    const found = damage.get(toItemId(entry));
    return found?.modifiedAt === entry.modifiedAt ? found.report : null;
  };

  const toItem = (stored: StoredItem): CacheItem => {
    const { entry, owner, needs } = stored;
    const names = needs.filter(({ kind }) => kind !== 'history').map(({ name }) => name);
    return {
      id: toItemId(entry),
      digest: entry.name,
      kind: entry.kind === 'temporary' ? 'temporary' : owner ? 'implementation' : 'unowned',
      interface: (owner?.interface ?? null) as InterfaceUri | null,
      name: owner?.name ?? null,
      version: owner?.version ?? null,
      sizeBytes: stored.sizeBytes,
      freedBytes: stored.freedBytes,
      store: store.directories()[entry.storeIndex]?.name ?? '',
      canDelete: isDeletable(entry),
      isInUse: stored.isInUse,
      neededBy: [...new Set(names)],
      needs: [...needs],
      storedAt: entry.modifiedAt,
      lastUsedAt: stored.lastUsedAt,
      damage: damageOf(entry),
    };
  };

  return {
    async list() {
      const { items, measure } = await cleanUp.survey({ historyCount: listedRuns });
      return {
        items: items.map(toItem),
        totalBytes: measure.totalBytes,
        freeBytes: await store.freeBytes(),
        stores: store.directories().map(({ name, path, isWritable }) => ({ name, path, isWritable })),
      };
    },
    measure: async (items) => (await store.measure(await find(items))).freedBytes,
    delete: (items) =>
      start({ kind: 'cache-delete', phase: 'deleting', count: items.length }, async (context) => {
        const entries = await find(items);
        const locked = entries.find((entry) => !isDeletable(entry));
        if (locked) throw new AppError('permission-denied', { path: locked.path });
        checkFree(entries);
        await remove(entries, context);
      }),
    clear: () =>
      start({ kind: 'cache-delete', phase: 'deleting', count: null }, async (context) => {
        const used = deps.inUse();
        const entries = await store.list();
        await remove(
          entries.filter((entry) => isDeletable(entry) && isFree(entry, used)),
          context,
        );
      }),
    async previewCleanUp(keepRuns) {
      const { items, freedBytes, kept } = await cleanUp.plan({ historyCount: keepRuns });
      return {
        items: items.map(({ entry, owner, sizeBytes, lastUsedAt, why }) => ({
          id: toItemId(entry),
          digest: entry.name,
          name: owner?.name ?? null,
          version: owner?.version ?? null,
          sizeBytes,
          lastUsedAt,
          why,
        })),
        freedBytes,
        kept,
      };
    },
    cleanUp: (items, keepRuns) =>
      start({ kind: 'cache-clean-up', phase: 'deleting', count: items.length }, async (context) => {
        const wanted = new Set(items);
        const paths = (await store.list()).filter((entry) => wanted.has(toItemId(entry))).map(({ path }) => path);
        try {
          const bytes = await cleanUp.run({
            historyCount: keepRuns,
            signal: context.signal,
            only: new Set(paths),
            onProgress: ({ done, count, freedBytes }) => {
              context.update({ bytes: freedBytes, progress: countProgress(done, count) });
            },
          });
          context.update({ bytes });
        } finally {
          changed();
        }
      }),
    verify: (items) =>
      start({ kind: 'cache-verify', phase: 'verifying', count: items.length }, async (context) => {
        const failures: AppError[] = [];
        try {
          await verifyEach(await find(items), context, ({ path }, report) => {
            failures.push(new AppError('implementation-damaged', { path, report }));
            return Promise.resolve();
          });
        } finally {
          deps.onChanged('cache');
        }
        const [first] = failures;
        if (first) throw first;
      }),
    repair: (items) =>
      start({ kind: 'cache-repair', phase: 'verifying', count: items.length }, async (context) => {
        const entries = await find(items);
        const failures: unknown[] = [];
        let bytes = 0;
        await verifyEach(entries, context, async (entry) => {
          try {
            checkFree([entry]);
            bytes += await repairs.repair(entry, { signal: context.signal, control: context.transfers });
            damage.delete(toItemId(entry));
            context.update({ bytes });
          } catch (error) {
            context.signal.throwIfAborted();
            failures.push(error);
          } finally {
            changed();
          }
        });
        // The others have been repaired all the same.
        if (failures.length > 0) throw failures[0] as Error;
      }),
    isDamaged: (entry) => damageOf(entry) !== null,
    async pathOf(item) {
      const [entry] = await find([item]);
      if (!entry) throw new Error('find gives one entry per id');
      return entry.path;
    },
  };
}

function excerpt(report: string): string {
  return report.length <= maxDamageChars ? report : `${report.slice(0, maxDamageChars)}…`;
}

function toItemId(entry: StoreEntry): StoreItemId {
  return `${entry.storeIndex}:${entry.name}` as StoreItemId;
}

/** Items instead of bytes: the same bar shows both. */
function countProgress(done: number, total: number) {
  return { phase: 'storing' as const, receivedBytes: done, totalBytes: total, bytesPerSecond: null, secondsLeft: null };
}
