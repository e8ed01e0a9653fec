import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { toFileError } from '../adapters/file-error.ts';
import { readFileUpTo } from '../adapters/read-file.ts';
import { createDropService, type DropService } from '../services/drop-service.ts';

/** Looks at dropped files where they are. */
export function createDrops(): DropService {
  return createDropService({
    read: readFileUpTo,
    kindOf: async (path) => {
      try {
        const found = await stat(path);
        return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
      } catch (error) {
        throw toFileError(error, path);
      }
    },
    nameOf: basename,
  });
}
