import { createStore } from 'zustand/vanilla';
import type { DesktopEntry, DesktopPlace, DesktopPresence, InterfaceUri } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface DesktopState {
  /** The program this is about; null before the first one. */
  readonly uri: InterfaceUri | null;
  readonly presence: Loadable<DesktopPresence>;
  /** Everything there is, of all programs. */
  readonly all: Loadable<readonly DesktopEntry[]>;
}

export type DesktopStore = ReturnType<typeof createDesktopStore>;

/** Where the program in view appears on the desktop. */
export function createDesktopStore(client: Client, onProblem: OnProblem) {
  const store = createStore<DesktopState>()(() => ({ uri: null, presence: loading, all: loading }));
  const ticket = createTickets();

  async function open(uri: InterfaceUri): Promise<void> {
    const isLatest = ticket('presence');
    if (store.getState().uri !== uri) store.setState({ uri, presence: loading });
    const result = await client.call('desktop.list', { interface: uri });
    if (isLatest()) store.setState({ presence: toLoadable(result) });
  }

  /** Makes a program appear somewhere, or no longer. What the main process finds afterwards is what holds. */
  async function change(uri: InterfaceUri, place: DesktopPlace, isWanted: boolean): Promise<void> {
    const result = await client.call(isWanted ? 'desktop.integrate' : 'desktop.remove', { interface: uri, place });
    if (!result.ok) onProblem(result.error);
    await open(uri);
  }

  async function refresh(): Promise<void> {
    const isLatest = ticket('all');
    const result = await client.call('desktop.all', {});
    if (isLatest()) store.setState({ all: toLoadable(result) });
  }

  /** Removes entries of any program. */
  async function undo(ids: readonly string[]): Promise<void> {
    const result = await client.call('desktop.undo', { ids: [...ids] });
    if (!result.ok) onProblem(result.error);
    await refresh();
  }

  return { store, open, change, refresh, undo };
}
