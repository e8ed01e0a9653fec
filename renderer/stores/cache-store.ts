import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type { CacheListing, JobId, StoreItemId } from '../../shared/model/index.ts';
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

  return { store, refresh, remove, clear, verify, open };
}
