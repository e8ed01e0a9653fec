import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { toFileError } from './file-error.ts';

/**
 * Reads a file that a person named.
 *
 * @throws AppError `file-missing`, `permission-denied`, `file-failed`, `download-too-large`
 */
export async function readLocalFile(path: string, limitBytes: number): Promise<Uint8Array> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw new AppError('file-failed', { path, reason: 'it is no file' });
    if (stats.size > limitBytes) throw new AppError('download-too-large', { url: path, limitBytes });
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw toFileError(error, path);
  }
}
