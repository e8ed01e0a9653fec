import * as fs from 'node:fs';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { parseDigestName, type Algorithm } from '../../core/manifest/digest-name.ts';
import { parseManifest } from '../../core/manifest/parse-manifest.ts';
import { manifestName, type TreeDirectory, type TreeFile } from '../../core/manifest/tree.ts';
import type { OptimiseProblem, OptimiseResult } from '../../core/ports/store.ts';
import { errorCode, isRefusal, toFileError } from '../file-error.ts';
import { digestOfManifest } from '../tree/hashing.ts';
import type { Pace } from '../tree/pace.ts';
import { readFlags, wholeSeconds } from './read-tree.ts';
import { entriesOf } from './store-entries.ts';
import { temporaryName } from './temporary-owner.ts';

const chunkBytes = 1024 * 1024;
/** Files that should be the same but are not are compared with each other no further than this. */
const maxVersions = 4;

/** What `optimiseStore` is told. */
export interface OptimiseTask {
  readonly store: string;
  /** Only to find out what could be saved. */
  readonly isDryRun: boolean;
}

/**
 * Makes files of a store that are the same in contents, time and execute bit one file with several names.
 *
 * Manifests say which ones could be; each pair is compared byte by byte before. A manifest counts only if it has the
 * digest that the directory is named by, and a file only if it still looks as its manifest says. A directory on the way
 * that is a link is not entered, since what is behind it is none of the store's business. The new name appears by a
 * rename, so that at no moment a file is missing; what other processes add or remove meanwhile is none the worse for it.
 *
 * @throws AppError `permission-denied`, `disk-full`, `file-failed`, `cancelled`
 * @see store.md 8
 */
export async function optimiseStore({ store, isDryRun }: OptimiseTask, pace: Pace): Promise<OptimiseResult> {
  const optimiser = new Optimiser(store, isDryRun, pace);
  try {
    for (const { name, kind } of entriesOf(store, 0)) {
      if (kind === 'implementation') await optimiser.implementation(name);
      else optimiser.problems.push({ kind: 'skipped', path: `${store}/${name}`, reason: 'its name is no digest' });
      pace.add(1);
    }
  } catch (error) {
    throw toFileError(error, store);
  }
  const { originalBytes, savedBytes, freedBytes, manifestBytes, problems } = optimiser;
  return { originalBytes, savedBytes, freedBytes, manifestBytes, problems };
}

class Optimiser {
  originalBytes = 0;
  savedBytes = 0;
  freedBytes = 0;
  manifestBytes = 0;
  readonly problems: OptimiseProblem[] = [];
  readonly #store: string;
  readonly #isDryRun: boolean;
  readonly #pace: Pace;
  /** By what manifests say of a file: those that are kept. */
  readonly #kept = new Map<string, string[]>();
  readonly #buffers = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)] as const;

  constructor(store: string, isDryRun: boolean, pace: Pace) {
    this.#store = store;
    this.#isDryRun = isDryRun;
    this.#pace = pace;
  }

  async implementation(name: string): Promise<void> {
    const path = `${this.#store}/${name}`;
    const digest = parseDigestName(name);
    // The old format leaves open which directory a file is in.
    if (digest === null || digest.algorithm === 'sha1') return;
    const tree = this.#readManifest(path, digest.algorithm, name);
    if (tree !== null) await this.#directory(tree, path);
  }

  #readManifest(path: string, algorithm: Exclude<Algorithm, 'sha1'>, name: string): TreeDirectory | null {
    const source = `${path}/${manifestName}`;
    const skip = (reason: string): null => {
      this.problems.push({ kind: 'skipped', path, reason });
      return null;
    };
    try {
      if (fs.lstatSync(source, { throwIfNoEntry: false })?.isFile() !== true) return skip('it has no manifest');
      const bytes = fs.readFileSync(source);
      if (digestOfManifest(algorithm, bytes) !== name) return skip('its manifest has another digest');
      const tree = parseManifest(bytes, algorithm, { source });
      this.manifestBytes += bytes.length;
      return tree;
    } catch (error) {
      if (isAppError(error, 'tree-illegal')) return skip(error.params.reason);
      // Removed meanwhile.
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    }
  }

  async #directory(tree: TreeDirectory, place: string): Promise<void> {
    if (fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) {
      this.problems.push({ kind: 'skipped', path: place, reason: 'it is no directory any more' });
      return;
    }
    for (const [name, entry] of tree.entries) {
      if (entry.type === 'directory') await this.#directory(entry, `${place}/${name}`);
      else if (entry.type === 'file') await this.#file(entry, place, name);
      if (this.#pace.isDue) await this.#pace.rest();
    }
  }

  async #file(file: TreeFile, directory: string, name: string): Promise<void> {
    const path = `${directory}/${name}`;
    const stat = statAsListed(path, file);
    if (stat === null) {
      this.problems.push({ kind: 'skipped', path, reason: 'it is not as its manifest says' });
      this.originalBytes += file.sizeBytes;
      return;
    }
    const key = `${file.hash} ${file.isExecutable ? 'X' : 'F'} ${file.mtime} ${file.sizeBytes}`;
    const kept = this.#kept.get(key) ?? [];
    this.#kept.set(key, kept);
    let unequal: string | null = null;
    for (const [index, first] of kept.entries()) {
      const other = statAsListed(first, file);
      if (other === null) {
        kept[index] = path;
        break;
      }
      if (isSameFile(stat, other)) {
        this.savedBytes += file.sizeBytes;
        return;
      }
      if (await this.#areEqual(first, path)) {
        this.originalBytes += file.sizeBytes;
        if (this.#isDryRun || this.#join(first, path)) this.freedBytes += file.sizeBytes;
        else kept[index] = path;
        return;
      }
      unequal ??= first;
    }
    this.originalBytes += file.sizeBytes;
    if (unequal !== null) this.problems.push({ kind: 'unequal', path, other: unequal });
    if (!kept.includes(path) && kept.length < maxVersions) kept.push(path);
  }

  /** @returns false if the first cannot have more names */
  #join(first: string, second: string): boolean {
    const temporary = `${this.#store}/${temporaryName()}`;
    const parent = second.slice(0, second.lastIndexOf('/'));
    try {
      fs.linkSync(first, temporary);
    } catch (error) {
      if (errorCode(error) === 'EMLINK') return false;
      throw error;
    }
    const mode = fs.lstatSync(parent).mode & 0o7777;
    try {
      fs.chmodSync(parent, mode | 0o200);
      fs.renameSync(temporary, second);
      return true;
    } finally {
      // If both names have come to mean one file meanwhile, a rename leaves both.
      fs.rmSync(temporary, { force: true });
      fs.chmodSync(parent, mode);
    }
  }

  async #areEqual(a: string, b: string): Promise<boolean> {
    let left: number | null = null;
    let right: number | null = null;
    try {
      left = fs.openSync(a, readFlags);
      right = fs.openSync(b, readFlags);
      return await this.#haveEqualContents(left, right);
    } catch (error) {
      if (errorCode(error) === 'ENOENT' || isRefusal(error)) return false;
      throw error;
    } finally {
      if (left !== null) fs.closeSync(left);
      if (right !== null) fs.closeSync(right);
    }
  }

  async #haveEqualContents(left: number, right: number): Promise<boolean> {
    const [a, b] = this.#buffers;
    for (;;) {
      const count = fs.readSync(left, a);
      if (fs.readSync(right, b) !== count) return false;
      if (count === 0) return true;
      if (!a.subarray(0, count).equals(b.subarray(0, count))) return false;
      if (this.#pace.isDue) await this.#pace.rest();
    }
  }
}

/** Facts of a file; null if it is not there, or not as its manifest says. */
function statAsListed(path: string, file: TreeFile): fs.BigIntStats | null {
  let stat: fs.BigIntStats | undefined;
  try {
    stat = fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) !== 'ENOTDIR') throw error;
  }
  if (stat?.isFile() !== true) return null;
  const isExecutable = (stat.mode & 0o111n) !== 0n;
  const isAsListed =
    Number(stat.size) === file.sizeBytes &&
    wholeSeconds(stat.mtimeNs) === file.mtime &&
    isExecutable === file.isExecutable;
  return isAsListed ? stat : null;
}

function isSameFile(a: fs.BigIntStats, b: fs.BigIntStats): boolean {
  return a.dev === b.dev && a.ino === b.ino;
}
