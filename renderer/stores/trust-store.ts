import { createStore } from 'zustand/vanilla';
import type { KeyName, TrustChange, TrustedDomain, TrustRehearsal } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

/** A key, the domain it is about, and what is wanted of it. */
export interface TrustSubject {
  readonly domain: string;
  readonly key: KeyName;
  readonly change: TrustChange;
}

export interface TrustState {
  readonly domains: Loadable<readonly TrustedDomain[]>;
  /** What the change that is being thought about would mean; null while there is none. */
  readonly rehearsal: { readonly subject: TrustSubject; readonly answer: Loadable<TrustRehearsal> } | null;
  /** What was removed last, and can come back. */
  readonly removed: Pick<TrustSubject, 'domain' | 'key'> | null;
}

export type TrustStore = ReturnType<typeof createTrustStore>;

/** Keys that a person trusts, and what changing that means. */
export function createTrustStore(client: Client, onProblem: OnProblem) {
  const store = createStore<TrustState>()(() => ({ domains: loading, rehearsal: null, removed: null }));

  async function refresh(): Promise<void> {
    store.setState({ domains: toLoadable(await client.call('trust.list', {})) });
  }

  /** Asks what a change would mean. Only the answer to the last question counts. */
  async function rehearse(subject: TrustSubject): Promise<void> {
    store.setState({ rehearsal: { subject, answer: loading } });
    const { domain, key, change } = subject;
    const result = await client.call('trust.rehearse', { domain, fingerprint: key.fingerprint, change });
    if (store.getState().rehearsal?.subject === subject)
      store.setState({ rehearsal: { subject, answer: toLoadable(result) } });
  }

  function endRehearsal(): void {
    store.setState({ rehearsal: null });
  }

  async function remove(domain: string, key: KeyName): Promise<void> {
    const result = await client.call('trust.remove', { domain, fingerprint: key.fingerprint });
    if (result.ok) store.setState({ removed: { domain, key } });
    else onProblem(result.error);
    await refresh();
  }

  /** Trusts again what was removed last. */
  async function restore(): Promise<void> {
    const { removed } = store.getState();
    if (removed === null) return;
    const result = await client.call('trust.restore', {
      domain: removed.domain,
      fingerprint: removed.key.fingerprint,
    });
    store.setState({ removed: null });
    if (!result.ok) onProblem(result.error);
    await refresh();
  }

  function forgetRemoved(): void {
    store.setState({ removed: null });
  }

  return { store, refresh, rehearse, endRehearsal, remove, restore, forgetRemoved };
}
