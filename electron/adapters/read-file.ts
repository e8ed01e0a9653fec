import { open } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { toFileError } from './file-error.ts';

/**
 * Reads a whole file that somebody else has written.
 * @throws AppError `file-failed` over the limit, `file-missing`, `permission-denied`
 */
export async function readFileUpTo(path: string, limitBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > limitBytes)
        throw new AppError('file-failed', { path, reason: `it is larger than ${limitBytes} bytes` });
      return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    throw toFileError(error, path);
  }
}
