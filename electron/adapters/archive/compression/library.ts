import { Readable, type Duplex } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import unbzip2 from 'unbzip2-stream';
import * as xzModule from 'xz-decompress';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Pace } from '../../tree/pace.ts';
import type { ArchiveProblems } from '../archive-problems.ts';
import type { Compression } from './decompress.ts';

/** Bundlers see the names that it exports, Node.js does not. */
const { XzReadableStream } = (xzModule as { readonly default?: typeof xzModule }).default ?? xzModule;
/** Newer than some of the Node.js versions we support. */
const { createZstdDecompress } = zlib as { readonly createZstdDecompress?: () => Duplex };

/**
 * Decompresses in this thread, where the system lacks the program: on Windows and macOS, mostly. Libraries differ in
 * how they report what is wrong, so all that they throw counts as damage.
 *
 * @throws AppError `archive-damaged`, and what the input throws
 */
export async function* libraryOutput(
  compression: Compression,
  input: AsyncIterable<Buffer>,
  { pace, problems }: { readonly pace: Pace; readonly problems: ArchiveProblems },
): AsyncGenerator<Buffer, void> {
  const inputErrors: unknown[] = [];
  async function* watched(): AsyncGenerator<Buffer, void> {
    try {
      yield* input;
    } catch (error) {
      inputErrors.push(error);
      throw error;
    }
  }
  try {
    for await (const chunk of engineOf(compression, watched())) {
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (pace.isDue) await pace.rest();
    }
  } catch (error) {
    if (inputErrors.length > 0) throw inputErrors[0];
    if (error instanceof AppError) throw error;
    throw problems.damaged(error instanceof Error ? error.message : `damaged ${compression} data`, error);
  }
}

function engineOf(compression: Compression, input: AsyncIterable<Buffer>): AsyncIterable<Uint8Array> {
  switch (compression) {
    case 'bzip2':
      return bunzip2(input);
    case 'xz':
      return Readable.fromWeb(new XzReadableStream(Readable.toWeb(Readable.from(input))));
    case 'zstd':
      return createZstdDecompress === undefined ? unzstd(input) : throughZlib(input, createZstdDecompress());
    default:
      throw new Error(`no library for ${compression}`);
  }
}

/** It works synchronously when something is written, and emits what it has. */
async function* bunzip2(input: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void> {
  const engine = unbzip2();
  let ready: Buffer[] = [];
  const failures: Error[] = [];
  engine.on('data', (chunk: Buffer) => ready.push(chunk));
  engine.on('error', (error: Error) => failures.push(error));
  const take = (): readonly Buffer[] => {
    if (failures[0] !== undefined) throw failures[0];
    const chunks = ready;
    ready = [];
    return chunks;
  };
  for await (const piece of input) {
    // Small pieces, so that little output is in memory at a time.
    for (let at = 0; at < piece.length; at += 65_536) {
      engine.write(piece.subarray(at, at + 65_536));
      yield* take();
    }
  }
  engine.end();
  yield* take();
}

/** It compares no checksum: what was changed on the way is found by the digest of the tree. */
async function* unzstd(input: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void> {
  let ready: Uint8Array[] = [];
  const engine = new Decompress((chunk) => ready.push(chunk));
  const take = (): readonly Uint8Array[] => {
    const chunks = ready;
    ready = [];
    return chunks;
  };
  // One piece late, since only with data does it notice that they end too early.
  let last: Uint8Array = new Uint8Array();
  for await (const piece of input) {
    engine.push(last);
    yield* take();
    last = piece;
  }
  engine.push(last, true);
  yield* take();
}

async function* throughZlib(input: AsyncIterable<Buffer>, engine: Duplex): AsyncGenerator<Uint8Array, void> {
  const from = Readable.from(input, { objectMode: false });
  from.on('error', (error) => engine.destroy(error));
  from.pipe(engine);
  try {
    yield* engine as AsyncIterable<Buffer>;
  } finally {
    from.destroy();
    engine.destroy();
  }
}
