import * as fs from 'node:fs';
import { errorCode } from '../file-error.ts';

/** Whether a path is a directory itself: links do not count. Directories that we may not look into hold nothing for us. */
export function isDirectory(path: string): boolean {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (['EACCES', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
