import { createStore } from 'zustand/vanilla';
import type { EnvironmentSheet, InterfaceUri, ProgramDetails, VersionList } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable } from './loadable.ts';

export interface ProgramState {
  /** The program this is about; null before the first one. */
  readonly uri: InterfaceUri | null;
  readonly sheet: Loadable<EnvironmentSheet>;
  readonly details: Loadable<ProgramDetails>;
  readonly versions: Loadable<VersionList>;
}

export type ProgramStore = ReturnType<typeof createProgramStore>;

/** What there is to know of the program in view besides its selection. */
export function createProgramStore(client: Client) {
  const store = createStore<ProgramState>()(() => ({
    uri: null,
    sheet: loading,
    details: loading,
    versions: loading,
  }));
  const ticket = createTickets();

  /** Another program begins empty. */
  function show(uri: InterfaceUri): void {
    if (store.getState().uri !== uri) store.setState({ uri, sheet: loading, details: loading, versions: loading });
  }

  /** What it is started with. @param showsOwn with values of the person's own variables */
  async function openSheet(uri: InterfaceUri, showsOwn: boolean): Promise<void> {
    const isLatest = ticket('sheet');
    show(uri);
    const result = await client.call('program.environment', { interface: uri, showsOwn });
    if (isLatest()) store.setState({ sheet: toLoadable(result) });
  }

  /** All that its feeds, the stores and the desktop say of it. */
  async function openDetails(uri: InterfaceUri): Promise<void> {
    const isLatest = ticket('details');
    show(uri);
    const result = await client.call('program.details', { interface: uri });
    if (isLatest()) store.setState({ details: toLoadable(result) });
  }

  /** What one may wish for: its commands and versions. */
  async function openChoices(uri: InterfaceUri): Promise<void> {
    const isLatest = ticket('versions');
    const details = openDetails(uri);
    const result = await client.call('solve.versions', { root: uri, interface: uri });
    if (isLatest()) store.setState({ versions: toLoadable(result) });
    await details;
  }

  return { store, openSheet, openDetails, openChoices };
}
