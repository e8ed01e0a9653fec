import { compareNames } from './entry-name.ts';
import type { TreeDirectory, TreeEntry } from './tree.ts';

/** In what a path differs between two trees. `executable` and `not-executable`: what it has become. */
export type Aspect = 'type' | 'contents' | 'target' | 'executable' | 'not-executable' | 'time';

/** One path that two trees do not share as it is. */
export interface TreeChange {
  /** From the top, without a slash in front. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** What it is, after the change unless it was removed. */
  readonly type: TreeEntry['type'];
  /** In what it changed; empty for what was added or removed, except that a new file can be `executable`. */
  readonly aspects: readonly Aspect[];
  /** Bytes of a file; 0 for a link, a directory, and what is not there. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** How one tree becomes another. */
export interface TreeDiff {
  /** By path, in the order of a walk. */
  readonly changes: readonly TreeChange[];
  /** Bytes of all files. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Files and links that are the same in both. */
  readonly sameCount: number;
}

/**
 * Compares two trees whose files were hashed by the same hash. A directory that only one of them has is listed with all
 * that is in it. Times of directories do not count.
 */
export function diffTrees(before: TreeDirectory, after: TreeDirectory): TreeDiff {
  const walk = new Walk();
  walk.directories(before, after, '');
  return {
    changes: walk.changes,
    bytesBefore: bytesIn(before),
    bytesAfter: bytesIn(after),
    sameCount: walk.sameCount,
  };
}

class Walk {
  readonly changes: TreeChange[] = [];
  sameCount = 0;

  directories(before: TreeDirectory, after: TreeDirectory, parent: string): void {
    const names = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort(compareNames);
    for (const name of names) this.#entry(before.entries.get(name), after.entries.get(name), `${parent}${name}`);
  }

  #entry(before: TreeEntry | undefined, after: TreeEntry | undefined, path: string): void {
    if (before?.type === 'directory' && after?.type === 'directory') this.directories(before, after, `${path}/`);
    else if (before === undefined || after === undefined) this.#oneSided(before, after, path);
    else if (before.type === after.type) this.#changed(before, after, path, aspectsOf(before, after));
    else {
      this.#changed(before, after, path, ['type']);
      if (before.type === 'directory') this.directories(before, nothing, `${path}/`);
      if (after.type === 'directory') this.directories(nothing, after, `${path}/`);
    }
  }

  #oneSided(before: TreeEntry | undefined, after: TreeEntry | undefined, path: string): void {
    const entry = (after ?? before)!;
    this.changes.push({
      path,
      change: after === undefined ? 'removed' : 'added',
      type: entry.type,
      aspects: after?.type === 'file' && after.isExecutable ? ['executable'] : [],
      bytesBefore: bytesOf(before),
      bytesAfter: bytesOf(after),
    });
    if (entry.type !== 'directory') return;
    if (after === undefined) this.directories(entry, nothing, `${path}/`);
    else this.directories(nothing, entry, `${path}/`);
  }

  #changed(before: TreeEntry, after: TreeEntry, path: string, aspects: readonly Aspect[]): void {
    if (aspects.length === 0) this.sameCount++;
    else {
      const bytes = { bytesBefore: bytesOf(before), bytesAfter: bytesOf(after) };
      this.changes.push({ path, change: 'changed', type: after.type, aspects, ...bytes });
    }
  }
}

const nothing: TreeDirectory = { type: 'directory', mtime: 0, entries: new Map() };

function aspectsOf(before: TreeEntry, after: TreeEntry): readonly Aspect[] {
  if (before.type === 'link' && after.type === 'link') return before.hash === after.hash ? [] : ['target'];
  if (before.type !== 'file' || after.type !== 'file') return [];
  const aspects: Aspect[] = [];
  if (before.hash !== after.hash) aspects.push('contents');
  if (before.isExecutable !== after.isExecutable) aspects.push(after.isExecutable ? 'executable' : 'not-executable');
  if (before.mtime !== after.mtime) aspects.push('time');
  return aspects;
}

function bytesOf(entry: TreeEntry | undefined): number {
  return entry?.type === 'file' ? entry.sizeBytes : 0;
}

function bytesIn(directory: TreeDirectory): number {
  let total = 0;
  for (const entry of directory.entries.values()) {
    total += entry.type === 'directory' ? bytesIn(entry) : bytesOf(entry);
  }
  return total;
}
