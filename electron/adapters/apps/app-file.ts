import { rm } from 'node:fs/promises';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { toFileError } from '../file-error.ts';
import { writeFileAtomically } from '../files.ts';
import { readFileUpTo } from '../read-file.ts';

/** The text of a small file of ours beside those of an app; null without it. @throws AppError as `readFileUpTo` */
export async function readAppFile(path: string, maxBytes: number): Promise<string | null> {
  try {
    return new TextDecoder().decode(await readFileUpTo(path, maxBytes));
  } catch (error) {
    if (isAppError(error, 'file-missing')) return null;
    throw error;
  }
}

/** Writes it, or with null removes it. @throws AppError as `writeFileAtomically` */
export async function writeAppFile(path: string, value: unknown): Promise<void> {
  if (value !== null) {
    await writeFileAtomically(path, JSON.stringify(value), 0o644);
    return;
  }
  try {
    await rm(path, { force: true });
  } catch (error) {
    throw toFileError(error, path);
  }
}
