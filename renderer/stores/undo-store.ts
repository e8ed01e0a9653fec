import { createStore } from 'zustand/vanilla';
import type { Preset, Stability, UndoId, VersionList } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import type { OnProblem } from './loadable.ts';

/** Something a person did that can be taken back. */
export type Act =
  | { readonly kind: 'rated'; readonly version: string; readonly rating: Stability | null }
  | { readonly kind: 'policy'; readonly name: string; readonly policy: VersionList['policy'] }
  | { readonly kind: 'feed-added' | 'feed-removed'; readonly feed: string }
  | { readonly kind: 'app-removed'; readonly name: string }
  | { readonly kind: 'draft'; readonly count: number }
  | { readonly kind: 'source-removed'; readonly source: string }
  | { readonly kind: 'sources-reset' | 'store-added' }
  | { readonly kind: 'store-removed'; readonly folder: string }
  /** `name` null: for all programs. */
  | { readonly kind: 'preset'; readonly preset: Preset; readonly name: string | null };

/** An act and its way back. */
export interface DoneAct {
  readonly act: Act;
  readonly undo: UndoId;
}

export interface UndoState {
  /** What can be taken back, the latest last. */
  readonly done: readonly DoneAct[];
}

/** Notes what was done. */
export type Did = (act: Act, undo: UndoId) => void;

export type UndoStore = ReturnType<typeof createUndoStore>;

const maxDone = 100;

/** What was done in this window and can be taken back, in the main process, exactly. */
export function createUndoStore(client: Client, onProblem: OnProblem) {
  const store = createStore<UndoState>()(() => ({ done: [] }));

  const did: Did = (act, undo) => {
    store.setState(({ done }) => ({ done: [...done, { act, undo }].slice(-maxDone) }));
  };

  /** Takes an act back, or the last one. @returns what was taken back; null if nothing was */
  async function take(undo?: UndoId): Promise<Act | null> {
    const { done } = store.getState();
    const entry = undo === undefined ? done.at(-1) : done.find((one) => one.undo === undo);
    if (entry === undefined) return null;
    // At once, so that a second key stroke means the one before.
    store.setState((state) => ({ done: state.done.filter((one) => one !== entry) }));
    const result = await client.call('undo.take', { undo: entry.undo });
    if (result.ok) return entry.act;
    onProblem(result.error);
    return null;
  }

  return { store, did, take };
}
