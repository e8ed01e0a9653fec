import * as fs from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { toFileError } from '../file-error.ts';
import type { Pace } from '../tree/pace.ts';
import type { ArchiveProblems } from './archive-problems.ts';

const windowBytes = 1024 * 1024;

/** An archive on disk. Positions count from the start offset: what is before does not exist. */
export class SourceFile {
  readonly sizeBytes: number;
  readonly #descriptor: number;
  readonly #path: string;
  readonly #start: number;
  readonly #problems: ArchiveProblems;
  #window = Buffer.alloc(0);
  #windowAt = 0;

  /** @throws AppError `file-missing`, `permission-denied`, `file-failed`, `archive-damaged` */
  constructor(path: string, start: number, problems: ArchiveProblems) {
    this.#path = path;
    this.#start = start;
    this.#problems = problems;
    let size: number;
    try {
      this.#descriptor = fs.openSync(path, 'r');
    } catch (error) {
      throw toFileError(error, path);
    }
    try {
      const stat = fs.fstatSync(this.#descriptor);
      if (!stat.isFile()) throw new AppError('file-failed', { path, reason: 'not a regular file' });
      size = stat.size - start;
      if (size < 0) throw problems.damaged('shorter than its start offset');
    } catch (error) {
      this.close();
      throw toFileError(error, path);
    }
    this.sizeBytes = size;
  }

  close(): void {
    fs.closeSync(this.#descriptor);
  }

  /** Bytes at a position. The result is good until the next call. @throws AppError `archive-damaged` past the end */
  read(position: number, length: number): Buffer {
    if (position < 0 || position + length > this.sizeBytes) throw this.#problems.damaged('cut off');
    const at = position - this.#windowAt;
    if (at >= 0 && at + length <= this.#window.length) return this.#window.subarray(at, at + length);
    this.#window = Buffer.allocUnsafe(Math.min(Math.max(length, windowBytes), this.sizeBytes - position));
    this.#windowAt = position;
    this.#fill(this.#window, position);
    return this.#window.subarray(0, length);
  }

  /** A part in pieces. Each piece is good until the next is asked for. */
  async *pieces(position: number, length: number, pace: Pace): AsyncGenerator<Buffer, void> {
    if (position < 0 || position + length > this.sizeBytes) throw this.#problems.damaged('cut off');
    const buffer = Buffer.allocUnsafe(Math.min(length, windowBytes));
    for (let done = 0; done < length;) {
      const piece = buffer.subarray(0, Math.min(buffer.length, length - done));
      this.#fill(piece, position + done);
      done += piece.length;
      yield piece;
      if (pace.isDue) await pace.rest();
    }
  }

  #fill(target: Buffer, position: number): void {
    for (let done = 0; done < target.length;) {
      let count: number;
      try {
        count = fs.readSync(this.#descriptor, target, done, target.length - done, this.#start + position + done);
      } catch (error) {
        throw toFileError(error, this.#path);
      }
      if (count === 0) throw this.#problems.damaged('cut off');
      done += count;
    }
  }
}
