import * as fs from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Growth } from '../../core/ports/http.ts';
import { toFileError } from '../file-error.ts';
import { growthAfter, readGrowth, totalBytesOf, untilWhole } from '../growth.ts';
import type { Pace } from '../tree/pace.ts';
import type { ArchiveProblems } from './archive-problems.ts';

const windowBytes = 1024 * 1024;
const pieceBytes = 256 * 1024;

/** Where an archive is. */
export interface SourcePlace {
  readonly file: string;
  readonly startOffset: number;
  /** Given if the file is still being written. */
  readonly growth?: Growth | undefined;
}

/** What to read, and into what. */
interface PartRequest {
  readonly position: number;
  readonly length: number;
  readonly pace: Pace;
  readonly bufferOf: (sizeBytes: number) => Buffer<ArrayBuffer>;
}

/**
 * An archive on disk, perhaps still arriving. Positions count from the start offset: what is before does not exist.
 *
 * `until` and `whole` wait for bytes; `read` takes what is there.
 */
export class SourceFile {
  /** Of the whole archive. */
  readonly sizeBytes: number;
  readonly #descriptor: number;
  readonly #place: SourcePlace;
  readonly #problems: ArchiveProblems;
  #window = Buffer.alloc(0);
  #windowAt = 0;
  #isClosed = false;

  /** @throws AppError `file-missing`, `permission-denied`, `file-failed`, `archive-damaged` */
  constructor(place: SourcePlace, problems: ArchiveProblems) {
    this.#place = place;
    this.#problems = problems;
    const { file, growth } = place;
    let size: number;
    try {
      this.#descriptor = fs.openSync(file, 'r');
    } catch (error) {
      throw toFileError(error, file);
    }
    try {
      const stat = fs.fstatSync(this.#descriptor);
      if (!stat.isFile()) throw new AppError('file-failed', { path: file, reason: 'not a regular file' });
      size = (growth === undefined ? stat.size : totalBytesOf(growth)) - place.startOffset;
      if (size < 0) throw problems.damaged('shorter than its start offset');
    } catch (error) {
      this.close();
      throw toFileError(error, file);
    }
    this.sizeBytes = size;
  }

  /** The file on disk, for programs that read it themselves once it is whole. */
  get path(): string {
    return this.#place.file;
  }

  get startOffset(): number {
    return this.#place.startOffset;
  }

  close(): void {
    this.#isClosed = true;
    fs.closeSync(this.#descriptor);
  }

  /**
   * Waits until all bytes before a position are there.
   *
   * @returns how many are there, perhaps more
   * @throws AppError `archive-damaged` if the archive is not that long; `cancelled` if they will never come
   */
  async until(position: number, pace: Pace): Promise<number> {
    if (position > this.sizeBytes) throw this.#problems.damaged('cut off');
    for (;;) {
      const available = this.#available();
      if (available >= position) return available;
      await this.#news(pace);
    }
  }

  /** Waits until nobody writes any more, and the file has been found to have the right size. */
  async whole(pace: Pace): Promise<void> {
    if (this.#place.growth !== undefined) await untilWhole(this.#place.growth, pace);
  }

  /** Bytes at a position. The result is good until the next call. @throws AppError `archive-damaged` past the end */
  read(position: number, length: number): Buffer {
    const available = this.#available();
    if (position < 0 || position + length > available) throw this.#problems.damaged('cut off');
    const at = position - this.#windowAt;
    if (at >= 0 && at + length <= this.#window.length) return this.#window.subarray(at, at + length);
    this.#window = Buffer.allocUnsafe(Math.min(Math.max(length, windowBytes), available - position));
    this.#windowAt = position;
    this.#fill(this.#window, position);
    return this.#window.subarray(0, length);
  }

  /** A part in pieces, as they come. Each is the caller's to keep, in memory of its own. @throws AppError as `until` */
  pieces(position: number, length: number, pace: Pace): AsyncGenerator<Buffer<ArrayBuffer>, void> {
    return this.#parts({ position, length, pace, bufferOf: (size) => Buffer.allocUnsafeSlow(size) });
  }

  /**
   * The same, but a piece is good only until the next is asked for: all are read into one memory, since making new memory for
   * each costs more than reading it.
   */
  passingPieces(position: number, length: number, pace: Pace): AsyncGenerator<Buffer<ArrayBuffer>, void> {
    const memory = Buffer.allocUnsafeSlow(Math.min(pieceBytes, length));
    return this.#parts({ position, length, pace, bufferOf: (size) => memory.subarray(0, size) });
  }

  async *#parts({ position, length, pace, bufferOf }: PartRequest): AsyncGenerator<Buffer<ArrayBuffer>, void> {
    const end = position + length;
    if (position < 0 || end > this.sizeBytes) throw this.#problems.damaged('cut off');
    for (let at = position; at < end;) {
      const available = await this.until(at + 1, pace);
      const piece = bufferOf(Math.min(pieceBytes, end - at, available - at));
      this.#fill(piece, at);
      at += piece.length;
      yield piece;
      if (pace.isDue) await pace.rest();
    }
  }

  #available(): number {
    const { growth, startOffset } = this.#place;
    if (growth === undefined) return this.sizeBytes;
    const { bytes, state } = readGrowth(growth);
    return state === 'whole' ? this.sizeBytes : Math.min(bytes - startOffset, this.sizeBytes);
  }

  async #news(pace: Pace): Promise<void> {
    const { growth } = this.#place;
    if (growth === undefined) return;
    if (this.#isClosed) throw new AppError('cancelled', {});
    await growthAfter(growth, readGrowth(growth), pace);
  }

  #fill(target: Buffer, position: number): void {
    // Whoever still feeds a decompressor may come too late: the number may belong to another file by now.
    if (this.#isClosed) throw new AppError('cancelled', {});
    const { file, startOffset } = this.#place;
    for (let done = 0; done < target.length;) {
      let count: number;
      try {
        count = fs.readSync(this.#descriptor, target, done, target.length - done, startOffset + position + done);
      } catch (error) {
        throw toFileError(error, file);
      }
      if (count === 0) throw this.#problems.damaged('cut off');
      done += count;
    }
  }
}
