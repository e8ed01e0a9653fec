import { selectionChanges, type SelectionChange } from '../selections/changes.ts';
import type { Selections } from '../selections/model.ts';
import type { AppRequirements } from './requirements-json.ts';

/** Why the selections of an app became others. */
export type ChangeCause = 'add' | 'update' | 'change' | 'rollback';

/** A moment in the life of an app. */
export interface HistoryEntry {
  /** Counts from 1, in the order of time. */
  readonly number: number;
  /** ISO 8601 */
  readonly at: string;
  readonly cause: ChangeCause;
  readonly selections: Selections;
  readonly requirements: AppRequirements;
}

/** What became of an entry that cannot be read. */
export interface LostEntry {
  readonly number: number;
  readonly path: string;
  readonly reason: string;
}

/** An entry with what it changed. */
export interface HistoryStep extends HistoryEntry {
  /** Empty for the first. */
  readonly changes: readonly SelectionChange[];
}

/** Says of each entry what is different from the one before. */
export function withChanges(entries: readonly HistoryEntry[]): readonly HistoryStep[] {
  return entries.map((entry, index) => {
    const before = entries[index - 1];
    return { ...entry, changes: before ? selectionChanges(before.selections, entry.selections) : [] };
  });
}
