import { createStore } from 'zustand/vanilla';
import type { JobId, ShareOverview } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface SharingState {
  readonly overview: Loadable<ShareOverview>;
}

export type SharingStore = ReturnType<typeof createSharingStore>;

/** The store that all users of the computer share. */
export function createSharingStore(client: Client, onProblem: OnProblem) {
  const store = createStore<SharingState>()(() => ({ overview: loading }));
  const ticket = createTickets();

  async function refresh(): Promise<void> {
    const isLatest = ticket('overview');
    const result = await client.call('sharing.overview', {});
    if (!isLatest()) return;
    if (!result.ok && store.getState().overview.status === 'ready') onProblem(result.error);
    else store.setState({ overview: toLoadable(result) });
  }

  /** Moves private copies to the shared store. */
  async function move(digests: readonly string[]): Promise<JobId | null> {
    const result = await client.call('sharing.move', { digests: [...digests] });
    if (result.ok) return result.value;
    onProblem(result.error);
    return null;
  }

  async function askNearby(isAllowed: boolean): Promise<void> {
    const result = await client.call('sharing.nearby', { isAllowed });
    if (!result.ok) onProblem(result.error);
    await refresh();
  }

  return { store, refresh, move, askNearby };
}
