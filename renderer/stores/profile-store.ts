import { createStore } from 'zustand/vanilla';
import type { JobId, ProfilePlan } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import type { OnProblem } from './loadable.ts';

export interface ProfileState {
  /** What was opened and is looked at; null = nothing. */
  readonly plan: ProfilePlan | null;
  /** The import that was begun. */
  readonly job: JobId | null;
}

export type ProfileStore = ReturnType<typeof createProfileStore>;

/** Profiles that are exported and imported. */
export function createProfileStore(client: Client, onProblem: OnProblem) {
  const store = createStore<ProfileState>()(() => ({ plan: null, job: null }));

  /** Lets a person choose one, and shows what it would do. */
  async function open(isBundle: boolean): Promise<void> {
    const result = await client.call('profile.open', { isBundle });
    if (!result.ok) onProblem(result.error);
    else if (result.value !== null) store.setState({ plan: result.value, job: null });
  }

  async function apply(items: readonly string[]): Promise<void> {
    const { plan } = store.getState();
    if (plan === null) return;
    const result = await client.call('profile.apply', { plan: plan.id, items: [...items] });
    if (result.ok) store.setState({ job: result.value });
    else onProblem(result.error);
  }

  /** Asks what became of the items. */
  async function refresh(): Promise<void> {
    const { plan } = store.getState();
    if (plan === null) return;
    const result = await client.call('profile.view', { plan: plan.id });
    if (result.ok && store.getState().plan?.id === plan.id) store.setState({ plan: result.value });
  }

  async function exportTo(isBundle: boolean): Promise<JobId | null> {
    const result = await client.call('profile.export', { isBundle });
    if (result.ok) return result.value;
    onProblem(result.error);
    return null;
  }

  function close(): void {
    store.setState({ plan: null, job: null });
  }

  return { store, open, apply, refresh, exportTo, close };
}
