import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { LocalFilesPort } from '../core/ports/files.ts';

/** Facts about files, from the file system. */
export const localFiles: LocalFilesPort = {
  async size(path) {
    try {
      const stats = await stat(path);
      return stats.isFile() ? stats.size : null;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return null;
      throw error;
    }
  },
  exists: (path) => existsSync(path),
};
