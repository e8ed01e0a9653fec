import type { ClockPort } from '../core/ports/clock.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { StoreEntry, StoreMeasure, StorePort } from '../core/ports/store.ts';
import type { StoredOwner } from '../core/select/model.ts';
import type { Need, StoreRootsService } from './store-roots.ts';

/** One entry of a store with all that is known of it. */
export interface StoredItem {
  readonly entry: StoreEntry;
  readonly owner: StoredOwner | null;
  readonly needs: readonly Need[];
  readonly lastUsedAt: string | null;
  readonly sizeBytes: number;
  /** What deleting it alone would free. */
  readonly freedBytes: number;
  readonly isInUse: boolean;
}

/** Why something may go: nobody works on it any more; no cached feed lists it; nothing needs it. */
export type CleanUpReason = 'left-over' | 'unowned' | 'not-needed';

/** What a clean-up would do. */
export interface CleanUpPlan {
  readonly items: readonly (StoredItem & { readonly why: CleanUpReason })[];
  /** By all of them together. */
  readonly freedBytes: number;
  /** Items of the user's store that stay, by the first reason that holds. */
  readonly kept: {
    readonly needed: number;
    readonly inUse: number;
    readonly recent: number;
    readonly temporary: number;
  };
}

/** Looks at what is stored, and cleans up. */
export interface CleanUpService {
  /** Everything but what is none of ours, and what it takes together. */
  survey(options: SurveyOptions): Promise<{ readonly items: readonly StoredItem[]; readonly measure: StoreMeasure }>;
  /** What would go. Only from the user's own store: what other users need of a shared one cannot be known. */
  plan(options: SurveyOptions): Promise<CleanUpPlan>;
  /**
   * Deletes what may go.
   * @param options.only if given, nothing but these paths
   * @returns bytes really freed
   * @throws AppError `cancelled`, and what deleting throws
   */
  run(options: RunOptions): Promise<number>;
}

export interface SurveyOptions {
  /** Of the latest runs, how many need what they used. */
  readonly historyCount: number;
  readonly signal?: AbortSignal;
}

export interface RunOptions extends SurveyOptions {
  readonly only?: ReadonlySet<string>;
  readonly onProgress?: (state: { readonly done: number; readonly count: number; readonly freedBytes: number }) => void;
}

interface Deps {
  readonly store: Pick<StorePort, 'list' | 'directories' | 'measure' | 'remove'>;
  readonly solver: Pick<SolverPort, 'owners'>;
  readonly feedCache: Pick<FeedCachePort, 'list'>;
  readonly roots: StoreRootsService;
  readonly clock: Pick<ClockPort, 'now'>;
  /** Directory names that running programs use. */
  readonly inUse: () => ReadonlySet<string>;
}

/** Other programs store something before they run it: for so long it is taken for needed, milliseconds. */
const graceMs = 60 * 60 * 1000;

/** Creates the service. */
export function createCleanUpService(deps: Deps): CleanUpService {
  const { store, clock } = deps;

  const survey: CleanUpService['survey'] = async ({ historyCount, signal }) => {
    const entries = (await store.list()).filter(({ kind }) => kind !== 'foreign');
    const names = entries.filter(({ kind }) => kind === 'implementation').map(({ name }) => name);
    const [owners, roots, measure] = await Promise.all([
      deps.feedCache.list().then((feeds) => deps.solver.owners(feeds, names, signal)),
      deps.roots.find(historyCount),
      store.measure(entries, signal),
    ]);
    const used = deps.inUse();
    const items = entries.map((entry, index): StoredItem => {
      const { name } = entry;
      const owner = owners[name];
      return {
        entry,
        owner: owner ?? null,
        needs: roots.needsOf(name, owner),
        lastUsedAt: roots.lastUsedAt(name),
        sizeBytes: measure.items[index]?.sizeBytes ?? 0,
        freedBytes: measure.items[index]?.freedBytes ?? 0,
        isInUse: used.has(name) || (entry.kind === 'temporary' && !entry.isLeftOver),
      };
    });
    return { items, measure };
  };

  const plan: CleanUpService['plan'] = async (options) => {
    const { items } = await survey(options);
    const stores = store.directories();
    const kept = { needed: 0, inUse: 0, recent: 0, temporary: 0 };
    const going: (StoredItem & { readonly why: CleanUpReason })[] = [];
    for (const item of items) {
      const place = stores[item.entry.storeIndex];
      if (place?.name !== 'user' || !place.isWritable) continue;
      const fate = fateOf(item, clock.now());
      if (fate.goes) going.push({ ...item, why: fate.why });
      else kept[fate.keptAs] += 1;
    }
    const { freedBytes } = await store.measure(
      going.map(({ entry }) => entry),
      options.signal,
    );
    return { items: going, freedBytes, kept };
  };

  return {
    survey,
    plan,
    async run({ only, onProgress, ...options }) {
      // Planned anew: what was shown may have come into use since.
      const items = (await plan(options)).items.filter(({ entry }) => only?.has(entry.path) !== false);
      let freedBytes = 0;
      for (const [index, { entry }] of items.entries()) {
        options.signal?.throwIfAborted();
        freedBytes += await store.remove(entry);
        onProgress?.({ done: index + 1, count: items.length, freedBytes });
      }
      return freedBytes;
    },
  };
}

type Fate =
  | { readonly goes: true; readonly why: CleanUpReason }
  | { readonly goes: false; readonly keptAs: keyof CleanUpPlan['kept'] };

function fateOf(item: StoredItem, now: number): Fate {
  const { entry, owner, needs, lastUsedAt } = item;
  if (entry.kind === 'temporary') {
    return entry.isLeftOver ? { goes: true, why: 'left-over' } : { goes: false, keptAs: 'temporary' };
  }
  if (item.isInUse) return { goes: false, keptAs: 'inUse' };
  if (needs.length > 0) return { goes: false, keptAs: 'needed' };
  const isRecent = [entry.modifiedAt, lastUsedAt].some((at) => at !== null && now - Date.parse(at) < graceMs);
  if (isRecent) return { goes: false, keptAs: 'recent' };
  return { goes: true, why: owner === null ? 'unowned' : 'not-needed' };
}
