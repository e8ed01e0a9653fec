import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type { AppName, JobId, UpdateList, UpdateNews } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface UpdatesState {
  readonly list: Loadable<UpdateList>;
  /** Apps that a person does not want to update now. */
  readonly spared: ReadonlySet<AppName>;
  /** What updates bring, of those that were asked about. */
  readonly news: ReadonlyMap<AppName, Loadable<UpdateNews>>;
}

export type UpdatesStore = ReturnType<typeof createUpdatesStore>;

/** What is new for all apps. Mirrors the main process. */
export function createUpdatesStore(client: Client, onProblem: OnProblem) {
  const store = createStore<UpdatesState>()(() => ({ list: loading, spared: new Set(), news: new Map() }));
  const ticket = createTickets();

  async function refresh(): Promise<void> {
    const isLatest = ticket('list');
    const result = await client.call('updates.list', {});
    if (!isLatest()) return;
    store.setState({ list: toLoadable(result) });
    // What is shown of an update may have been downloaded meanwhile.
    for (const app of store.getState().news.keys()) void showNews(app);
  }

  /** Ticks or unticks an app. */
  function spare(app: AppName, isSpared: boolean): void {
    store.setState(({ spared }) => {
      const next = new Set(spared);
      if (isSpared) next.add(app);
      else next.delete(app);
      return { spared: next };
    });
  }

  const look = async (): Promise<JobId | null> => begin(await client.call('updates.look', {}));
  const fetch = async (app: AppName): Promise<JobId | null> => begin(await client.call('updates.fetch', { app }));

  /** Updates apps, each by itself. */
  async function take(apps: readonly AppName[]): Promise<void> {
    for (const app of apps) begin(await client.call('updates.take', { app }));
  }

  async function skip(app: AppName): Promise<void> {
    const result = await client.call('updates.skip', { app });
    if (!result.ok) onProblem(result.error);
    await refresh();
  }

  /** Finds out what an update brings. */
  async function showNews(app: AppName): Promise<void> {
    const isLatest = ticket(`news ${app}`);
    if (!store.getState().news.has(app)) setNews(app, loading);
    const result = await client.call('updates.news', { app });
    if (isLatest() && store.getState().news.has(app)) setNews(app, toLoadable(result));
  }

  function hideNews(app: AppName): void {
    store.setState(({ news }) => ({ news: new Map([...news].filter(([name]) => name !== app)) }));
  }

  function setNews(app: AppName, value: Loadable<UpdateNews>): void {
    store.setState(({ news }) => ({ news: new Map([...news, [app, value]]) }));
  }

  function begin(result: Result<JobId>): JobId | null {
    if (result.ok) return result.value;
    onProblem(result.error);
    return null;
  }

  return { store, refresh, spare, look, fetch, take, skip, showNews, hideNews };
}
