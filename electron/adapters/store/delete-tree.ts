import * as fs from 'node:fs';
import { errorCode, toFileError } from '../file-error.ts';
import type { Pace } from '../tree/pace.ts';

const slash = Buffer.from('/');

/**
 * Deletes a file, link or directory with everything in it, also what is read-only. Links are not followed. What is gone
 * already is no error.
 *
 * @returns bytes freed, if counted; a file with other names elsewhere frees nothing
 * @throws AppError `permission-denied`, `file-failed`, `cancelled`
 */
export async function deleteTree({ path, isCounted = false }: DeleteRequest, pace: Pace): Promise<number> {
  const deleter = new Deleter(pace, isCounted);
  try {
    // Bytes, since an interrupted program may have left names that are not UTF-8.
    const bytes = Buffer.from(path);
    const stat = fs.lstatSync(bytes, { throwIfNoEntry: false });
    if (stat?.isDirectory() === true) await deleter.directory(bytes);
    else if (stat !== undefined) deleter.leaf(bytes);
  } catch (error) {
    throw toFileError(error, path);
  }
  return deleter.freedBytes;
}

/** What to delete. */
export interface DeleteRequest {
  readonly path: string;
  /** Whether to find out how many bytes it frees, which takes a call more for each file. */
  readonly isCounted?: boolean;
}

class Deleter {
  freedBytes = 0;
  readonly #pace: Pace;
  readonly #isCounted: boolean;
  /** Names left of files that have several. */
  readonly #names = new Map<string, number>();

  constructor(pace: Pace, isCounted: boolean) {
    this.#pace = pace;
    this.#isCounted = isCounted;
  }

  async directory(path: Buffer): Promise<void> {
    unlessGone(() => fs.chmodSync(path, 0o700));
    let items: readonly fs.Dirent<Buffer>[] = [];
    unlessGone(() => (items = fs.readdirSync(path, { encoding: 'buffer', withFileTypes: true })));
    for (const item of items) {
      const child = Buffer.concat([path, slash, item.name]);
      if (item.isDirectory()) await this.directory(child);
      else this.leaf(child);
      if (this.#pace.isDue) await this.#pace.rest();
    }
    unlessGone(() => fs.rmdirSync(path));
  }

  leaf(path: Buffer): void {
    const stat = this.#isCounted ? fs.lstatSync(path, { throwIfNoEntry: false }) : undefined;
    if (unlessGone(() => fs.unlinkSync(path)) && stat?.isFile() === true) this.#count(stat);
  }

  #count({ dev, ino, nlink, size }: fs.Stats): void {
    if (nlink > 1) {
      const key = `${dev}:${ino}`;
      const left = (this.#names.get(key) ?? nlink) - 1;
      this.#names.set(key, left);
      if (left > 0) return;
    }
    this.freedBytes += size;
  }
}

/** @returns false if what the action is about was gone */
function unlessGone(action: () => void): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}
