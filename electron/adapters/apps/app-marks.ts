import { utimes } from 'node:fs/promises';
import type { AppMarksPort } from '../../core/ports/app-store.ts';
import { toFileError } from '../file-error.ts';
import { touchFile } from '../files.ts';
import { sandboxFile } from './app-sandbox.ts';

/** Files of which only the times count, or that they are there. The reference takes no notice of them. */
export const appMarks: AppMarksPort = {
  names: { stamp: 'zerodesk-checked', due: 'zerodesk-due', lastRun: 'zerodesk-last-run', sandbox: sandboxFile },
  async set(path, timeMs) {
    await touchFile(path, 0o600);
    try {
      await utimes(path, timeMs / 1000, timeMs / 1000);
    } catch (error) {
      throw toFileError(error, path);
    }
  },
};
