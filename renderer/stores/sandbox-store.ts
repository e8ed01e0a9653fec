import { createStore } from 'zustand/vanilla';
import type { Result } from '../../shared/errors/app-error.ts';
import type { AppName, SandboxView } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface SandboxState {
  /** The app this is about; null before the first one. */
  readonly app: AppName | null;
  readonly view: Loadable<SandboxView>;
}

export type SandboxStore = ReturnType<typeof createSandboxStore>;

/** Whether the app in view is run apart from the rest of the computer. */
export function createSandboxStore(client: Client, onProblem: OnProblem) {
  const store = createStore<SandboxState>()(() => ({ app: null, view: loading }));
  const ticket = createTickets();

  async function open(app: AppName): Promise<void> {
    const isLatest = ticket('view');
    if (store.getState().app !== app) store.setState({ app, view: loading });
    const result = await client.call('sandbox.view', { app });
    if (isLatest()) store.setState({ view: toLoadable(result) });
  }

  /** What the main process finds afterwards is what holds. */
  async function after(app: AppName, result: Result<unknown>): Promise<void> {
    if (!result.ok) onProblem(result.error);
    await open(app);
  }

  const set = async (app: AppName, isOn: boolean, allowsNetwork: boolean) =>
    after(app, await client.call('sandbox.set', { app, isOn, allowsNetwork }));
  const allow = async (app: AppName, access: 'read' | 'write') =>
    after(app, await client.call('sandbox.allow', { app, access }));
  const forbid = async (app: AppName, folder: string) =>
    after(app, await client.call('sandbox.forbid', { app, folder }));

  return { store, open, set, allow, forbid };
}
