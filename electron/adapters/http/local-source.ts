import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../file-error.ts';
import type { Source, SourceResponse } from './source.ts';

const chunkBytes = 64 * 1024;

/** A slowed-down transfer comes in this many pieces a second. */
const piecesPerSecond = 20;

/** Largest file such a host hands out; it is read whole, because files inside an application archive cannot be streamed. */
const maxFileBytes = 256 * 1024 * 1024;

/**
 * Answers for a host from a folder, as a web server would: status, size, validator, ranges.
 *
 * @param bytesPerSecond slows down, so that progress can be seen; `null` = as fast as it goes
 */
export function createLocalSource(directory: string, bytesPerSecond: number | null): Source {
  return async ({ url, headers, signal }) => {
    const file = await findFile(directory, url.pathname);
    if (file === null) return answer(404, new Map(), inChunks(new Uint8Array(), null, signal));
    const bytes = await readFile(file.path);
    const fields = new Map([
      ['etag', file.etag],
      ['accept-ranges', 'bytes'],
    ]);
    const from = headers['if-range'] === file.etag ? rangeStart(headers['range'], bytes.length) : null;
    if (from !== null) fields.set('content-range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
    const part = bytes.subarray(from ?? 0);
    fields.set('content-length', String(part.length));
    return answer(from === null ? 200 : 206, fields, inChunks(part, bytesPerSecond, signal));
  };
}

/** Reads `ZERODESK_SAMPLE_RATE`: bytes per second, a positive number; anything else means no limit. */
export function readSampleRate(text: string | undefined): number | null {
  const rate = Number(text);
  return text !== undefined && Number.isFinite(rate) && rate >= 1 ? rate : null;
}

async function findFile(
  directory: string,
  pathname: string,
): Promise<{ readonly path: string; readonly etag: string } | null> {
  const names = pathname.split('/').slice(1).map(decodeName);
  if (names.some((name) => name === null || name === '' || name === '.' || name === '..' || /[\\/\0]/.test(name)))
    return null;
  const path = join(directory, ...(names as string[]));
  try {
    const stats = await stat(path);
    if (!stats.isFile() || stats.size > maxFileBytes) return null;
    return { path, etag: `"${stats.size.toString(16)}-${Math.trunc(stats.mtimeMs).toString(16)}"` };
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

function decodeName(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function rangeStart(range: string | undefined, length: number): number | null {
  const from = Number(/^bytes=([0-9]+)-$/.exec(range ?? '')?.[1] ?? Number.NaN);
  return from < length ? from : null;
}

function answer(status: number, headers: ReadonlyMap<string, string>, body: AsyncIterable<Uint8Array>): SourceResponse {
  return { status, headers, body, close: () => {} };
}

async function* inChunks(bytes: Uint8Array, rate: number | null, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const size = rate === null ? chunkBytes : Math.max(1, Math.min(chunkBytes, Math.round(rate / piecesPerSecond)));
  const started = performance.now();
  for (let at = 0; at < bytes.length; at += size) {
    signal.throwIfAborted();
    const chunk = bytes.subarray(at, at + size);
    if (rate !== null) {
      const due = started + ((at + chunk.length) / rate) * 1000;
      await delay(Math.max(0, due - performance.now()), undefined, { signal });
    }
    yield chunk;
  }
}
