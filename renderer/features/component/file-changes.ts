import type { FileDiff, VersionList, VersionRow } from '../../../shared/model/index.ts';
import { compareVersions, keyOfVersion } from './selectors.ts';

export type FileChange = FileDiff['changes'][number];

/** Which changes are shown; `runnable`: what can newly be run as a program. */
export const changeParts = ['all', 'added', 'removed', 'changed', 'runnable'] as const;
export type ChangePart = (typeof changeParts)[number];

/** Whether the files of a version are on this computer. */
export function hasFiles({ fetch }: VersionRow): boolean {
  return fetch.kind === 'cached' || fetch.kind === 'local';
}

/** Two versions to compare, by their keys. */
export interface Pair {
  readonly before: string;
  readonly after: string;
}

/** A version with the one that is most likely meant: what is in use, else the next one that is here; the older one first. */
export function pairFor({ rows }: VersionList, first: VersionRow): Pair {
  const others = rows.filter((row) => keyOfVersion(row) !== keyOfVersion(first));
  const stored = others.filter(hasFiles);
  const second = stored.find((row) => row.isSelected) ?? stored[0] ?? others[0] ?? first;
  const [before, after] = compareVersions(first.version, second.version) <= 0 ? [first, second] : [second, first];
  return { before: keyOfVersion(before), after: keyOfVersion(after) };
}

/** Whether something has become, or is new as, a program that can be run. */
export function isNewlyRunnable({ aspects }: FileChange): boolean {
  return aspects.includes('executable');
}

/** Narrows the changes to a part of them, and by words in the path. */
export function filterChanges(changes: readonly FileChange[], part: ChangePart, search: string): readonly FileChange[] {
  const words = search.toLowerCase().split(/\s+/);
  return changes.filter((change) => {
    if (part === 'runnable' ? !isNewlyRunnable(change) : part !== 'all' && change.change !== part) return false;
    const path = change.path.toLowerCase();
    return words.every((word) => path.includes(word));
  });
}

/** How many changes there are of each part. */
export function countChanges(changes: readonly FileChange[]): Readonly<Record<ChangePart, number>> {
  const count = (part: ChangePart): number => filterChanges(changes, part, '').length;
  return {
    all: changes.length,
    added: count('added'),
    removed: count('removed'),
    changed: count('changed'),
    runnable: count('runnable'),
  };
}
