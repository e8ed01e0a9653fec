import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { errorCode, toFileError } from '../file-error.ts';

/** What a program prints, kept in a file so that the program neither waits for us nor dies with us. */
export interface OutputFile {
  /** For the child's standard output and standard error. */
  readonly descriptor: number;
  /** The last part, at most 64 KiB. */
  read(): string;
  /** Cuts off all but the last part when the file has grown large. */
  trim(): void;
  /** Remembers the last part, forgets the file. */
  close(): void;
}

const keptBytes = 64 * 1024;
const largeBytes = 8 * 1024 * 1024;
/** Files of programs that outlived us are nobody's after this time. */
const orphanMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Creates a file for the output of one program.
 *
 * @param name of the program, for people who look into the directory
 * @throws AppError `disk-full`, `permission-denied`, `file-failed`
 */
export function createOutputFile(directory: string, name: string): OutputFile {
  const slug = name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
  const file = path.join(directory, `${slug}-${randomBytes(6).toString('hex')}.log`);
  const { O_RDWR, O_CREAT, O_EXCL, O_APPEND, O_NOFOLLOW } = constants;
  let descriptor: number;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    descriptor = openSync(file, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW, 0o600);
  } catch (error) {
    throw toFileError(error, file);
  }
  let remembered: string | null = null;

  return {
    descriptor,
    read: () => remembered ?? readTail(descriptor).toString('utf8'),
    trim() {
      if (remembered !== null || fstatSync(descriptor).size < largeBytes) return;
      const tail = readTail(descriptor);
      // The child appends, so it goes on behind whatever is there; a line printed in between may be lost.
      ftruncateSync(descriptor);
      writeSync(descriptor, tail);
    },
    close() {
      if (remembered !== null) return;
      remembered = readTail(descriptor).toString('utf8');
      closeSync(descriptor);
      removeFile(file);
    },
  };
}

/** Removes what programs left that ended after us. */
export function removeOldOutput(directory: string, nowMs: number): void {
  let names: readonly string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw toFileError(error, directory);
  }
  for (const name of names.filter((each) => each.endsWith('.log'))) {
    const file = path.join(directory, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats && nowMs - stats.mtimeMs > orphanMs) removeFile(file);
  }
}

function removeFile(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    // It is swept up another time.
    if (errorCode(error) === null) throw error;
  }
}

/** The end of a file, from the first whole character on. */
function readTail(descriptor: number): Buffer {
  const { size } = fstatSync(descriptor);
  const start = Math.max(0, size - keptBytes);
  const buffer = Buffer.alloc(size - start);
  const length = readSync(descriptor, buffer, 0, buffer.length, start);
  let skip = 0;
  // Bytes 10xxxxxx continue a character whose beginning is not here.
  if (start > 0) while (skip < 3 && ((buffer[skip] ?? 0) & 0xc0) === 0x80) skip += 1;
  return buffer.subarray(skip, length);
}
