import * as fs from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { errorCode } from '../file-error.ts';
import { flushNames } from './flush.ts';

/**
 * Makes a finished tree visible under its name. A name never appears before its contents are complete and checked, so no
 * locks are needed between those who add.
 *
 * @returns false if somebody else was faster; the tree is still where it was
 * @throws AppError `file-failed` if something other than a directory has the name; errors of the system, `EXDEV` if the
 *   store is on another file system
 * @see store.md 6.3
 */
export function placeTree(from: string, store: string, name: string): boolean {
  const target = `${store}/${name}`;
  if (isTaken(target)) return false;
  // Some systems refuse to rename a directory that may not be written to.
  fs.chmodSync(from, 0o755);
  try {
    fs.renameSync(from, target);
  } catch (error) {
    const code = errorCode(error) ?? '';
    // Another process placed it since we looked.
    if (['EEXIST', 'ENOTEMPTY', 'ENOTDIR'].includes(code) && isTaken(target)) return false;
    throw error;
  }
  fs.chmodSync(target, 0o555);
  flushNames(store);
  return true;
}

function isTaken(target: string): boolean {
  const stat = fs.lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.isDirectory()) return true;
  throw new AppError('file-failed', { path: target, reason: 'something that is not a directory has this name' });
}
