import { createStore } from 'zustand/vanilla';
import type { InterfaceUri, LocalFeedId, Preset, PresetPreview, PresetView } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import { createTickets, loading, toLoadable, type Loadable, type OnProblem } from './loadable.ts';
import type { Did } from './undo-store.ts';

/** A feed file that a person has chosen. */
export interface ChosenFeed {
  readonly id: LocalFeedId;
  /** Where it is, for reading. */
  readonly name: string;
}

/** The dialog in which another way to choose is looked at. */
export interface PresetChoice {
  readonly preset: Preset | null;
  readonly feed: ChosenFeed | null;
  readonly preview: Loadable<PresetPreview> | null;
}

export interface PresetsState {
  /** The program in view; null = all of them. */
  readonly root: InterfaceUri | null;
  readonly view: Loadable<PresetView>;
  /** null: closed. */
  readonly choice: PresetChoice | null;
}

export type PresetsStore = ReturnType<typeof createPresetsStore>;

/** The ways to choose versions, for one program or for all. */
export function createPresetsStore(client: Client, onProblem: OnProblem, did: Did) {
  const store = createStore<PresetsState>()(() => ({ root: null, view: loading, choice: null }));
  const ticket = createTickets();

  /** Asks which way is in force. */
  async function look(root: InterfaceUri | null): Promise<void> {
    if (store.getState().root !== root) store.setState({ root, view: loading, choice: null });
    const isLatest = ticket('view');
    const result = await client.call('presets.view', { root });
    if (isLatest()) store.setState({ view: toLoadable(result) });
  }

  const refresh = (): Promise<void> => look(store.getState().root);

  /** Opens the dialog with what is in force. */
  function open(): void {
    const { view } = store.getState();
    const preset = view.status === 'ready' ? view.value.inForce : null;
    store.setState({ choice: { preset, feed: null, preview: null } });
  }

  function close(): void {
    store.setState({ choice: null });
  }

  /** Shows what a way would change. Only the answer to the last one counts. */
  async function consider(preset: Preset): Promise<void> {
    const { choice, root, view } = store.getState();
    if (choice === null) return;
    const isInForce = view.status === 'ready' && view.value.inForce === preset && choice.feed === null;
    store.setState({ choice: { ...choice, preset, preview: isInForce ? null : loading } });
    const isLatest = ticket('preview');
    if (isInForce) return;
    const feed = choice.feed?.id ?? null;
    const preview = toLoadable(await client.call('presets.preview', { root, preset, feed }));
    const now = store.getState().choice;
    if (isLatest() && now !== null) store.setState({ choice: { ...now, preview } });
  }

  /** Lets the person choose a feed file in a dialog of the system. */
  async function chooseFeed(): Promise<void> {
    const result = await client.call('feeds.choose', {});
    if (!result.ok) onProblem(result.error);
    const { choice } = store.getState();
    if (choice === null || !result.ok || result.value === null) return;
    store.setState({ choice: { ...choice, feed: result.value } });
    await consider('own');
  }

  /** Chooses that way from now on. */
  async function apply(): Promise<void> {
    const { choice, root, view } = store.getState();
    if (!choice?.preset) return;
    const { preset, feed } = choice;
    store.setState({ choice: null });
    const result = await client.call('presets.apply', { root, preset, feed: feed?.id ?? null });
    const name = view.status === 'ready' ? view.value.name : null;
    if (result.ok) did({ kind: 'preset', preset, name }, result.value.undo);
    else onProblem(result.error);
    await refresh();
  }

  return { store, look, refresh, open, close, consider, chooseFeed, apply };
}
