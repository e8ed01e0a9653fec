import { once } from 'node:events';
import { createGunzip, createInflateRaw, type Gunzip, type InflateRaw } from 'node:zlib';
import { errorCode } from '../../file-error.ts';
import { releaseMemory } from '../release.ts';
import type { CompressedPart } from './compressed-part.ts';

const chunkSize = 1024 * 1024;
/** With input waiting and room for output, the engine goes on while the caller is busy with what came before. */
const engineOptions = { chunkSize, highWaterMark: 2 * chunkSize };

/**
 * Decompresses gzip data, several members one after the other too. Zeros at the end are padding, as for gzip itself.
 * A piece is good until the next one is asked for.
 *
 * @throws AppError `archive-damaged` if the data are no gzip, damaged, cut off, or followed by something else
 */
export async function* gunzip(part: CompressedPart): AsyncGenerator<Buffer, void> {
  const { source, position, length, pace, problems } = part;
  if (length >= 2) await source.until(position + 2, pace);
  if (length < 2 || source.read(position, 2).readUInt16BE() !== 0x1f8b) throw problems.damaged('not gzip data');
  const consumed = yield* inflate(part, createGunzip(engineOptions));
  for await (const rest of source.passingPieces(position + consumed, length - consumed, pace)) {
    if (!isZero(rest)) throw problems.damaged('something follows the compressed data');
  }
}

/** Decompresses deflate data, which must end with the part, in pieces as `gunzip`. @throws AppError `archive-damaged` */
export async function* inflateRaw(part: CompressedPart): AsyncGenerator<Buffer, void> {
  const consumed = yield* inflate(part, createInflateRaw(engineOptions));
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
 * next is being made. A piece is good until the next one is asked for.
 *
 * @returns bytes of input that were used
 */
async function* inflate(part: CompressedPart, engine: Gunzip | InflateRaw): AsyncGenerator<Buffer, number> {
  const { pace, problems } = part;
  const ended = new AbortController();
  void feed(part, engine, ended.signal);
  try {
    for await (const chunk of engine as AsyncIterable<Buffer<ArrayBuffer>>) {
      yield chunk;
      // The engine fills one buffer after the other, and hands it on in parts.
      const isLastOfBuffer = chunk.buffer.byteLength === chunkSize && chunk.byteOffset + chunk.length === chunkSize;
      if (isLastOfBuffer) releaseMemory(chunk);
      if (pace.isDue) await pace.rest();
    }
  } catch (error) {
    throw isZlibError(error) ? problems.damaged(reasonOf(error), error) : error;
  } finally {
    // After the end of the data the engine takes nothing more, and the input would wait for ever.
    ended.abort();
    engine.destroy();
  }
  return engine.bytesWritten;
}

/** Gives a part to a decompressor, which is destroyed if it cannot be read. Never rejects. */
async function feed(part: CompressedPart, engine: Gunzip | InflateRaw, signal: AbortSignal): Promise<void> {
  const { source, position, length, pace } = part;
  try {
    for await (const piece of source.pieces(position, length, pace)) {
      const takesMore = engine.write(piece, () => {
        releaseMemory(piece);
      });
      if (!takesMore) await once(engine, 'drain', { signal });
      if (signal.aborted) return;
    }
    engine.end();
  } catch (error) {
    engine.destroy(error as Error);
  }
}

function isZlibError(error: unknown): error is Error {
  return errorCode(error)?.startsWith('Z_') === true;
}

function reasonOf(error: Error): string {
  return errorCode(error) === 'Z_BUF_ERROR' ? 'cut off' : error.message;
}
