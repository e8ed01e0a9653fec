import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type { FoundProgram, Places, UndoId } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';
import type { Act, Did } from './undo-store.ts';

export interface PlacesState {
  readonly places: Loadable<Places>;
  /** The words that were last searched for, and what the mirror said; null before. */
  readonly search: { readonly text: string; readonly found: Loadable<readonly FoundProgram[]> } | null;
}

export type PlacesStore = ReturnType<typeof createPlacesStore>;

/** Where programs come from, and where they are stored. */
export function createPlacesStore(client: Client, onProblem: OnProblem, did: Did) {
  const store = createStore<PlacesState>()(() => ({ places: loading, search: null }));
  const ticket = createTickets();

  async function refresh(): Promise<void> {
    const isLatest = ticket('places');
    const result = await client.call('places.list', {});
    if (isLatest()) store.setState({ places: toLoadable(result) });
  }

  /** Begins to fetch it; it is listed when that worked. @returns whether it could begin */
  async function addSource(url: string): Promise<boolean> {
    return after(await client.call('sources.add', { url }));
  }

  async function removeSource(url: string): Promise<void> {
    await afterAct(await client.call('sources.remove', { url }), { kind: 'source-removed', source: url });
  }

  async function resetSources(): Promise<void> {
    await afterAct(await client.call('sources.reset', {}), { kind: 'sources-reset' });
  }

  async function addStore(): Promise<void> {
    const result = await client.call('stores.add', {});
    if (result.ok && result.value !== null) did({ kind: 'store-added' }, result.value.undo);
    await after(result);
  }

  async function removeStore(path: string): Promise<void> {
    await afterAct(await client.call('stores.remove', { path }), { kind: 'store-removed', folder: path });
  }

  /** Asks the mirror; what is asked later counts. */
  async function search(text: string): Promise<void> {
    const isLatest = ticket('search');
    store.setState({ search: { text, found: loading } });
    const result = await client.call('places.search', { text });
    if (isLatest()) store.setState({ search: { text, found: toLoadable(result) } });
  }

  /** Nobody waits for the answer any more; one that is here stays. */
  async function stopSearch(): Promise<void> {
    if (store.getState().search?.found.status !== 'loading') return;
    ticket('search');
    store.setState({ search: null });
    await client.call('places.stop', {});
  }

  async function afterAct(result: Result<{ readonly undo: UndoId }>, act: Act): Promise<void> {
    if (result.ok) did(act, result.value.undo);
    await after(result);
  }

  async function after(result: Result<unknown>): Promise<boolean> {
    if (!result.ok) onProblem(result.error);
    await refresh();
    return result.ok;
  }

  return { store, refresh, addSource, removeSource, resetSources, addStore, removeStore, search, stopSearch };
}
