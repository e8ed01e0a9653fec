import { lstat, readdir, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { compareBytes } from '../../core/byte-order.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { isAbsence } from '../files.ts';
import { readFileUpTo } from '../read-file.ts';

/** Names in a folder, in byte order; none if there is no such folder, or we may not look. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort(compareBytes);
  } catch (error) {
    if (isAbsence(error) || errorCode(error) === 'EACCES') return [];
    throw toFileError(error, folder);
  }
}

/** What there is under a name: nothing, a small file with its text, or something else that is not ours. */
export type Found = { readonly what: 'nothing' | 'other' } | { readonly what: 'text'; readonly text: string };

/** Looks at a file that is no larger than a limit. Never waits for a pipe, and never fails because of what stands there. */
export async function lookAt(path: string, limitBytes: number): Promise<Found> {
  try {
    await lstat(path);
  } catch (error) {
    if (isAbsence(error)) return { what: 'nothing' };
    throw toFileError(error, path);
  }
  try {
    if (!(await stat(path)).isFile()) return { what: 'other' };
    return { what: 'text', text: new TextDecoder().decode(await readFileUpTo(path, limitBytes)) };
  } catch (error) {
    if (isAppError(error) || errorCode(error) !== null) return { what: 'other' };
    throw error;
  }
}

/** Deletes a file, if it is there. @throws AppError `permission-denied`, `file-failed` */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (!isAbsence(error)) throw toFileError(error, path);
  });
}

/** Removes a folder and those around it while they are empty, up to one that stays. */
export async function removeEmptyFolders(folder: string, roots: readonly string[]): Promise<void> {
  for (let current = folder; !roots.includes(current) && current !== dirname(current); current = dirname(current)) {
    try {
      await rmdir(current);
    } catch (error) {
      if (isAbsence(error)) continue;
      // Not empty, or not ours to remove.
      return;
    }
  }
}
