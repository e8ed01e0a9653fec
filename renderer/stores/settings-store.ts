import { createStore } from 'zustand/vanilla';
import type { AppInfo, InterfaceUri, Settings, SettingsView } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface SettingsState {
  readonly settings: Loadable<SettingsView>;
  readonly info: Loadable<AppInfo>;
}

export type SettingsStore = ReturnType<typeof createSettingsStore>;

/** Preferences, and what this program is. */
export function createSettingsStore(client: Client, onProblem: OnProblem) {
  const store = createStore<SettingsState>()(() => ({ settings: loading, info: loading }));

  async function refresh(): Promise<void> {
    store.setState({ settings: toLoadable(await client.call('settings.get', {})) });
  }

  async function refreshInfo(): Promise<void> {
    store.setState({ info: toLoadable(await client.call('app.info', {})) });
  }

  /** Shows the change at once; what the main process answers is what holds. */
  async function change(patch: Partial<Settings>): Promise<void> {
    const before = store.getState().settings;
    if (before.status === 'ready')
      store.setState({ settings: { status: 'ready', value: { ...before.value, ...patch } } });
    const result = await client.call('settings.set', patch);
    if (result.ok) {
      store.setState({ settings: toLoadable(result) });
      return;
    }
    onProblem(result.error);
    store.setState({ settings: before });
  }

  async function zoom(to: 'in' | 'out' | 'reset'): Promise<void> {
    const result = await client.call('window.zoom', { to });
    if (!result.ok) onProblem(result.error);
  }

  /** A report for whoever helps. @returns null when it could not be made, which was reported */
  async function report(about: InterfaceUri | null, crash: string | null): Promise<string | null> {
    const result = await client.call('window.report', { about, crash: crash?.slice(0, 20_000) ?? null });
    if (result.ok) return result.value.text;
    onProblem(result.error);
    return null;
  }

  return { store, refresh, refreshInfo, change, zoom, report };
}
