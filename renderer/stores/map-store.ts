import { createStore } from 'zustand/vanilla';
import type { InterfaceUri, ProgramMap } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable } from './loadable.ts';

export interface MapState {
  /** The program whose map this is; null = everything installed. */
  readonly of: InterfaceUri | null;
  readonly map: Loadable<ProgramMap>;
}

export type MapStore = ReturnType<typeof createMapStore>;

/** What needs what. */
export function createMapStore(client: Client) {
  const store = createStore<MapState>()(() => ({ of: null, map: loading }));
  const ticket = createTickets();

  async function open(of: InterfaceUri | null): Promise<void> {
    if (store.getState().of !== of) store.setState({ of, map: loading });
    const isLatest = ticket('map');
    const result = await client.call('program.map', { interface: of });
    if (isLatest()) store.setState({ map: toLoadable(result) });
  }

  return { store, open, refresh: () => open(store.getState().of) };
}
