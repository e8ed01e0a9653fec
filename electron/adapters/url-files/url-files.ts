import { readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { UrlFilesPort } from '../../core/ports/url-files.ts';
import { escapeName } from '../../core/feed/names.ts';
import { toFileError } from '../file-error.ts';
import { isAbsence, writeFileAtomically } from '../files.ts';

/** Files named `ESCAPE(url)` in a directory, which is made on demand. @see feeds.md 17 */
export function createUrlFiles(directory: string): UrlFilesPort {
  const pathOf = (url: string): string => join(directory, escapeName(url));
  const orNull = async <T>(path: string, work: Promise<T>): Promise<T | null> => {
    try {
      return await work;
    } catch (error) {
      if (isAbsence(error)) return null;
      throw toFileError(error, path);
    }
  };
  return {
    async read(url) {
      const bytes = await orNull(pathOf(url), readFile(pathOf(url)));
      return bytes === null ? null : new Uint8Array(bytes);
    },
    async touchedAt(url) {
      return (await orNull(pathOf(url), stat(pathOf(url))))?.mtimeMs ?? null;
    },
    async touch(url) {
      const now = new Date();
      await orNull(pathOf(url), utimes(pathOf(url), now, now));
    },
    async write(url, bytes) {
      await writeFileAtomically(pathOf(url), bytes, 0o644);
    },
  };
}
