import { createStore } from 'zustand/vanilla';
import type { Explanation, ImpactRow } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';

export interface ImpactState {
  readonly rows: readonly ImpactRow[];
  /** Whether the list is in view. */
  readonly isOpen: boolean;
  /** Why their flawed versions are not chosen any more, by id of the row. */
  readonly why: Readonly<Record<string, Loadable<Explanation>>>;
  /** Rows whose replacement is being taken. */
  readonly taken: ReadonlySet<string>;
}

export type ImpactStore = ReturnType<typeof createImpactStore>;

/** Programs that use a version which its feed has come to call buggy or insecure. Mirrors the main process. */
export function createImpactStore(client: Client, onProblem: OnProblem) {
  const store = createStore<ImpactState>()(() => ({ rows: [], isOpen: false, why: {}, taken: new Set() }));
  const ticket = createTickets();

  async function refresh(): Promise<void> {
    const isLatest = ticket('rows');
    const result = await client.call('impact.list', {});
    if (!isLatest()) return;
    if (!result.ok) {
      onProblem(result.error);
      return;
    }
    const ids = new Set(result.value.map(({ id }) => id));
    store.setState(({ isOpen, taken }) => ({
      rows: result.value,
      isOpen: isOpen && result.value.length > 0,
      taken: new Set([...taken].filter((id) => ids.has(id))),
    }));
  }

  function setOpen(isOpen: boolean): void {
    store.setState({ isOpen, why: {} });
  }

  /** Takes the replacement; the row goes when that is done. */
  async function take({ id }: ImpactRow): Promise<void> {
    store.setState(({ taken }) => ({ taken: new Set([...taken, id]) }));
    const result = await client.call('impact.take', { id });
    if (result.ok) return;
    onProblem(result.error);
    store.setState(({ taken }) => ({ taken: new Set([...taken].filter((one) => one !== id)) }));
  }

  async function dismiss({ id }: ImpactRow): Promise<void> {
    const result = await client.call('impact.dismiss', { id });
    if (!result.ok) onProblem(result.error);
    await refresh();
  }

  /** Lets a held app take updates again, and with them the replacement. */
  async function release({ program: { app } }: ImpactRow): Promise<void> {
    if (app === null) return;
    const result = await client.call('timeline.release', { app, what: 'hold' });
    if (!result.ok) onProblem(result.error);
    await refresh();
  }

  async function explain(row: ImpactRow): Promise<void> {
    const note = (answer: Loadable<Explanation>): void =>
      store.setState(({ why }) => ({ why: { ...why, [row.id]: answer } }));
    note(loading);
    const { interface: uri, isSource } = row.component;
    const which = { fromFeed: row.fromFeed, id: row.implementation };
    const asked = { root: row.program.interface, interface: uri, isSource, ...which };
    const result = await client.call('solve.explain', asked);
    note(result.ok ? { status: 'ready', value: result.value.explanation } : toLoadable(result));
  }

  /** A job has ended: what it was to bring may not have come. */
  function noteEnded(): void {
    store.setState({ taken: new Set() });
  }

  return { store, refresh, setOpen, take, dismiss, release, explain, noteEnded };
}
