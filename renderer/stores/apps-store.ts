import { createStore } from 'zustand/vanilla';
import type { ErrorData, Result } from '../../shared/errors/app-error.ts';
import type { AppList, InterfaceUri, JobId, RunOptions } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import type { Did } from './undo-store.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface AppsState {
  readonly list: Loadable<AppList>;
}

export type AppsStore = ReturnType<typeof createAppsStore>;

/** Programs, and what one does with them as a whole. Mirrors the main process. */
export function createAppsStore(client: Client, onProblem: OnProblem, did: Did) {
  const store = createStore<AppsState>()(() => ({ list: loading }));
  const ticket = createTickets();

  /** @param isForced fetches the catalogues again instead of only asking what is known */
  async function refresh(isForced = false): Promise<void> {
    const isLatest = ticket('list');
    const result = await client.call('apps.list', { refresh: isForced });
    if (!isLatest()) return;
    // A list that was there stays when a later request fails.
    if (!result.ok && store.getState().list.status === 'ready') onProblem(result.error);
    else store.setState({ list: toLoadable(result) });
  }

  /** @returns the job, or null when it could not begin (which was reported) */
  async function run(uri: InterfaceUri): Promise<JobId | null> {
    return begin(await client.call('apps.run', { interface: uri }));
  }

  /** The same with wishes for this once. @returns what keeps it from beginning, for the form that asked, or null */
  async function runWith(
    uri: InterfaceUri,
    options: RunOptions & { readonly refresh: boolean },
  ): Promise<ErrorData | null> {
    const result = await client.call('apps.run', { interface: uri, ...options });
    return result.ok ? null : result.error;
  }

  /** @param isUpdate fetches the feeds again first */
  async function download(uri: InterfaceUri, isUpdate = false): Promise<JobId | null> {
    return begin(await client.call('apps.download', { interface: uri, refresh: isUpdate }));
  }

  /** Chooses versions with the feeds that are here, and fetches missing ones. */
  async function choose(uri: InterfaceUri): Promise<JobId | null> {
    return begin(await client.call('apps.select', { interface: uri }));
  }

  /** Chooses versions anew, with every feed fetched again. */
  async function reselect(uri: InterfaceUri): Promise<JobId | null> {
    return begin(await client.call('apps.select', { interface: uri, refresh: true }));
  }

  /** @returns whether it is in *My apps* now */
  async function add(uri: InterfaceUri): Promise<boolean> {
    return done(await client.call('apps.add', { interface: uri }));
  }

  async function remove(uri: InterfaceUri): Promise<boolean> {
    const { list } = store.getState();
    const known = list.status === 'ready' ? list.value.apps.find((app) => app.interface === uri) : undefined;
    const result = await client.call('apps.remove', { interface: uri });
    if (result.ok) did({ kind: 'app-removed', name: known?.name ?? uri }, result.value.undo);
    return done(result);
  }

  async function openLink(url: string): Promise<void> {
    const result = await client.call('link.open', { url });
    if (!result.ok) onProblem(result.error);
  }

  function begin(result: Awaited<ReturnType<typeof client.call<'apps.run'>>>): JobId | null {
    if (result.ok) return result.value;
    onProblem(result.error);
    return null;
  }

  async function done(result: Result<unknown>): Promise<boolean> {
    if (!result.ok) onProblem(result.error);
    await refresh();
    return result.ok;
  }

  return { store, refresh, run, runWith, download, choose, reselect, add, remove, openLink };
}
