import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type { CacheListing, CleanUpPreview, JobId, StoreItemId } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface CacheState {
  readonly listing: Loadable<CacheListing>;
}

export type CacheStore = ReturnType<typeof createCacheStore>;

/** What the stores hold, and what can be done with it. */
export function createCacheStore(client: Client, onProblem: OnProblem) {
  const store = createStore<CacheState>()(() => ({ listing: loading }));
  const ticket = createTickets();

  async function refresh(): Promise<void> {
    const isLatest = ticket('listing');
    const result = await client.call('cache.list', {});
    if (!isLatest()) return;
    if (!result.ok && store.getState().listing.status === 'ready') onProblem(result.error);
    else store.setState({ listing: toLoadable(result) });
  }

  async function remove(items: readonly StoreItemId[]): Promise<JobId | null> {
    return begin(await client.call('cache.delete', { items: [...items] }));
  }

  async function clear(): Promise<JobId | null> {
    return begin(await client.call('cache.clear', {}));
  }

  async function verify(items: readonly StoreItemId[]): Promise<JobId | null> {
    return begin(await client.call('cache.verify', { items: [...items] }));
  }

  /** Downloads what is damaged again. */
  async function repair(items: readonly StoreItemId[]): Promise<JobId | null> {
    return begin(await client.call('cache.repair', { items: [...items] }));
  }

  /** Bytes that deleting items together would free; null if that cannot be told, as when one of them is gone. */
  async function measure(items: readonly StoreItemId[]): Promise<number | null> {
    const result = await client.call('cache.measure', { items: [...items] });
    return result.ok ? result.value.freedBytes : null;
  }

  /** What a clean-up would delete that keeps what so many of the latest runs used. */
  async function plan(keepRuns: number): Promise<Loadable<CleanUpPreview>> {
    return toLoadable(await client.call('cache.plan', { keepRuns }));
  }

  /** Deletes of what a plan showed what may still go. */
  async function cleanUp(items: readonly StoreItemId[], keepRuns: number): Promise<JobId | null> {
    return begin(await client.call('cache.clean', { items: [...items], keepRuns }));
  }

  /** Shows a directory in the file manager. */
  async function open(item: StoreItemId): Promise<void> {
    const result = await client.call('cache.open', { item });
    if (!result.ok) onProblem(result.error);
  }

  function begin(result: Result<JobId>): JobId | null {
    if (result.ok) return result.value;
    onProblem(result.error);
    return null;
  }

  return { store, refresh, remove, clear, verify, repair, measure, plan, cleanUp, open };
}
