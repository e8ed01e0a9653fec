import { closeSync, constants, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';

/** Values made from files, kept while the file is the same. */
export interface DocumentCache<T> {
  /**
   * The value for a file; `undefined` if there is no such file. Reading problems are thrown as the system gives them.
   *
   * @throws AppError `bad-xml` if the file is larger than any document may be, or a device or pipe
   */
  get(path: string, key: string): T | undefined;
  /** Forgets what was not asked for since the last call, once there is much. */
  trim(): void;
}

/** What is being read. */
export interface DocumentFile {
  readonly path: string;
  /** One file may be read under several names. */
  readonly key: string;
  /** Another one after each change of the file; null if a change might not have made it another one. */
  readonly version: string | null;
}

interface Kept<T> {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly size: number;
  readonly inode: number;
  readonly value: T;
  round: number;
}

/** File systems count time in steps of some milliseconds, FAT even of two seconds. */
const settleMs = 2500;

/** What is kept without being asked for: files of this many bytes together. */
const maxIdleBytes = 64 * 1024 * 1024;

/**
 * Creates a cache of parsed files.
 *
 * @param parse may use the bytes only until it returns
 */
export function createDocumentCache<T>(
  limitBytes: number,
  parse: (bytes: Uint8Array, file: DocumentFile) => T,
): DocumentCache<T> {
  const kept = new Map<string, Kept<T>>();
  let round = 0;
  return {
    get(path, key) {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return undefined;
      const name = `${path}\n${key}`;
      const known = kept.get(name);
      const isSame =
        known?.mtimeMs === stats.mtimeMs &&
        known.ctimeMs === stats.ctimeMs &&
        known.size === stats.size &&
        known.inode === stats.ino;
      if (isSame) {
        known.round = round;
        return known.value;
      }
      const reject = (reason: string) => new AppError('bad-xml', { source: path, line: 0, column: 0, reason });
      if (stats.size > limitBytes) throw reject(`longer than ${limitBytes} bytes`);
      // Feeds may name any path: some files never end, or never begin.
      if (!stats.isFile() && !stats.isDirectory()) throw reject('no ordinary file');
      const { mtimeMs, ctimeMs, size, ino: inode } = stats;
      // Old enough that another change would have another time. What is not would only be in the way of the garbage collection.
      const isSettled = Date.now() - ctimeMs > settleMs;
      const version = isSettled ? `${mtimeMs} ${ctimeMs} ${size} ${inode}` : null;
      const value = parse(readNow(path, size), { path, key, version });
      if (isSettled) kept.set(name, { mtimeMs, ctimeMs, size, inode, value, round });
      else kept.delete(name);
      return value;
    },
    trim() {
      let bytes = 0;
      for (const one of kept.values()) bytes += one.size;
      for (const [name, one] of kept) {
        if (bytes <= maxIdleBytes) break;
        if (one.round === round) continue;
        kept.delete(name);
        bytes -= one.size;
      }
      round++;
    },
  };
}

/** Most documents fit in here, so that nothing has to be allocated for them. */
const shared = new Uint8Array(256 * 1024);

/**
 * The content of a file that is there, until the next call; the kernel's own files could otherwise keep us waiting for more.
 *
 * @param size what it should have; if it has another, it is read in the usual way
 */
function readNow(path: string, size: number): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const isWhole = size < shared.length && readSync(file, shared, 0, size + 1, 0) === size;
    return isWhole ? shared.subarray(0, size) : readFileSync(file);
  } finally {
    closeSync(file);
  }
}
