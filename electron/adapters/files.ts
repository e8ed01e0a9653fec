import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, toFileError } from './file-error.ts';

// Not from `node:fs/promises`, which takes two milliseconds to load, and most commands need nothing else of it.
const readFile = promisify(fs.readFile);

/** Up to this size a file is read in this thread: the thread pool takes ten times as long to come to it. Bytes. */
const smallBytes = 65_536;

/**
 * Writes a file so that readers see either the old or the whole new content, also after a crash: a temporary file beside
 * it, flushed, then renamed. Missing folders are made for the owner alone.
 *
 * @param mode permissions of the file, whatever the umask is
 * @throws AppError `disk-full`, `permission-denied`, `file-failed`; the old content is then still there
 */
export async function writeFileAtomically(path: string, data: string | Uint8Array, mode: number): Promise<void> {
  const directory = dirname(path);
  const temporary = join(directory, `tmp-${randomBytes(6).toString('hex')}.new`);
  try {
    // The system's own limit counts the final name; finding out before writing leaves nothing behind.
    if (Buffer.byteLength(basename(path)) > 255) throw nameTooLong(path);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'wx', mode);
    try {
      await file.chmod(mode);
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw toFileError(error, path);
  }
}

/**
 * Makes a file exist, and its time now. Missing folders are made for the owner alone.
 *
 * @throws AppError `permission-denied`, `disk-full`, `file-failed`
 */
export async function touchFile(path: string, mode: number): Promise<void> {
  try {
    fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = fs.openSync(path, 'a', mode);
    try {
      const now = new Date();
      fs.futimesSync(file, now, now);
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** Milliseconds since 1970 of a file's last change; null if it is not there. @throws AppError as above */
export async function changedAt(path: string): Promise<number | null> {
  try {
    return fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
  } catch (error) {
    if (isAbsence(error)) return null;
    throw toFileError(error, path);
  }
}

/** A folder that has a file for each of some names. */
export interface NamedFiles {
  readonly folder: string;
  readonly fileName: (name: string) => string;
}

/** The files of one name in several folders. */
export function pathsOf(places: readonly NamedFiles[], name: string): readonly string[] {
  return places.map(({ folder, fileName }) => join(folder, fileName(name)));
}

/**
 * Reads the first of several files that exists.
 *
 * @returns null if there is none
 * @throws AppError `permission-denied`, `file-failed`
 */
export async function readFirstFile(
  paths: readonly string[],
): Promise<{ readonly path: string; readonly bytes: Uint8Array } | null> {
  for (const path of paths) {
    try {
      // An error takes longer to make than a look at most files.
      const stats = fs.statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) continue;
      const isSmall = stats.isFile() && stats.size <= smallBytes;
      return { path, bytes: isSmall ? fs.readFileSync(path) : await readFile(path) };
    } catch (error) {
      if (!isAbsence(error)) throw toFileError(error, path);
    }
  }
  return null;
}

/** Whether an error only says that there is no such file: also if its name could not exist. */
export function isAbsence(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
}

/** Runs actions with the same key one after the other. */
export function createQueues(): <T>(key: string, action: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (key, action) => {
    const before = tails.get(key) ?? Promise.resolve();
    const result = before.then(action, action);
    tails.set(key, result);
    const forget = (): void => {
      if (tails.get(key) === result) tails.delete(key);
    };
    result.then(forget, forget);
    return result;
  };
}

function nameTooLong(path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`name too long: ${path}`), { code: 'ENAMETOOLONG', syscall: 'open' });
}
