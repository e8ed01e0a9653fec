import { Readable } from 'node:stream';
import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { errorCode } from '../file-error.ts';
import type { Pace } from '../tree/pace.ts';
import type { ArchiveProblems } from './archive-problems.ts';
import type { SourceFile } from './source-file.ts';

const inputBytes = 256 * 1024;
const chunkSize = 256 * 1024;

/** A part of a file, to be decompressed. */
export interface CompressedPart {
  readonly source: SourceFile;
  readonly position: number;
  readonly length: number;
  readonly pace: Pace;
  readonly problems: ArchiveProblems;
}

/**
 * Decompresses gzip data, several members one after the other too. Zeros at the end are padding, as for gzip itself.
 *
 * @throws AppError `archive-damaged` if the data are no gzip, damaged, cut off, or followed by something else
 */
export async function* gunzip(part: CompressedPart): AsyncGenerator<Buffer, void> {
  if (part.length < 2 || part.source.read(part.position, 2).readUInt16BE() !== 0x1f8b) {
    throw part.problems.damaged('not gzip data');
  }
  const consumed = yield* decompress(part, createGunzip({ chunkSize }));
  for (let at = consumed; at < part.length; at += inputBytes) {
    const rest = part.source.read(part.position + at, Math.min(inputBytes, part.length - at));
    if (!isZero(rest)) throw part.problems.damaged('something follows the compressed data');
  }
}

/** Decompresses deflate data, which must end with the part. @throws AppError `archive-damaged` */
export async function* inflateRaw(part: CompressedPart): AsyncGenerator<Buffer, void> {
  const consumed = yield* decompress(part, createInflateRaw({ chunkSize }));
  if (consumed !== part.length) throw part.problems.damaged('something follows the compressed data');
}

/** Whether all bytes are zero. */
export function isZero(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += zeroBytes.length) {
    const piece = bytes.subarray(at, at + zeroBytes.length);
    if (zeroBytes.compare(piece, 0, piece.length, 0, piece.length) !== 0) return false;
  }
  return true;
}
const zeroBytes = Buffer.alloc(64 * 1024);

/**
 * Runs a part through a decompressor of zlib, which works in another thread: while the caller handles one piece, the
 * next is being made.
 *
 * @returns bytes of input that were used
 */
async function* decompress(part: CompressedPart, engine: Gunzip | InflateRaw): AsyncGenerator<Buffer, number> {
  const { pace, problems } = part;
  const input = Readable.from(copies(part), { objectMode: false, highWaterMark: inputBytes });
  input.on('error', (error) => engine.destroy(error));
  input.pipe(engine);
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) {
      yield chunk;
      if (pace.isDue) await pace.rest();
    }
  } catch (error) {
    throw isZlibError(error) ? problems.damaged(reasonOf(error), error) : error;
  } finally {
    // After the end of the data the engine takes nothing more, and the input would wait for ever.
    input.destroy();
    engine.destroy();
  }
  return engine.bytesWritten;
}

/** Copies, since the engine keeps its input while the window of the source moves on. */
function* copies({ source, position, length }: CompressedPart): Generator<Buffer, void> {
  for (let at = 0; at < length; at += inputBytes) {
    yield Buffer.from(source.read(position + at, Math.min(inputBytes, length - at)));
  }
}

function isZlibError(error: unknown): error is Error {
  return errorCode(error)?.startsWith('Z_') === true;
}

function reasonOf(error: Error): string {
  return errorCode(error) === 'Z_BUF_ERROR' ? 'cut off' : error.message;
}
