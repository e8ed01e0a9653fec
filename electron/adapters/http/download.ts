import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { GrowingFile } from '../../core/ports/http.ts';
import { redactUrl } from '../../core/trust/url.ts';
import { toFileError } from '../file-error.ts';
import { createGrowth, tellGrowth } from '../growth.ts';
import type { Partial, PartialFiles, Validator } from './partial-files.ts';
import type { Transfer } from './transfer.ts';

/** One archive to fetch into a file. */
export interface FileRequest {
  readonly url: string;
  readonly sizeBytes: number;
  readonly open: (headers: Readonly<Record<string, string>>) => Promise<Transfer>;
  readonly onBytes: (receivedBytes: number) => void;
  /** Is told of the file once what is in it stays. */
  readonly onFile?: ((file: GrowingFile) => void) | undefined;
  /** Makes what went wrong on the way an error for people. */
  readonly explain: (error: unknown) => unknown;
}

export interface FetchedFile {
  readonly partial: Partial;
  readonly networkBytes: number;
}

/**
 * Fetches a file of exactly the announced size, continuing an earlier attempt where the server can prove that it is the
 * same file. After a failure, also of a disk that is full, the part that can be continued is kept; after a wrong size
 * nothing is.
 *
 * @see trust-and-download.md 8.3, 8.4
 */
export async function fetchFile(partials: PartialFiles, request: FileRequest): Promise<FetchedFile> {
  const { url, sizeBytes, onFile } = request;
  const partial = await partials.claim(downloadKey(url, sizeBytes));
  const growth = createGrowth(sizeBytes);
  const verdict = { isSpoilt: false };
  const spoil = (): void => {
    verdict.isSpoilt = true;
  };
  try {
    const networkBytes = await fillFile(partial, {
      ...request,
      onBytes: (bytes) => {
        tellGrowth(growth, { bytes, state: 'growing' });
        request.onBytes(bytes);
      },
      onSettled: (isResumed) => onFile?.({ path: partial.path, growth, isResumed, spoil }),
    });
    // Only now is it sure that nothing follows.
    tellGrowth(growth, { bytes: sizeBytes, state: 'whole' });
    return { partial, networkBytes };
  } catch (error) {
    const isUseless = verdict.isSpoilt || isAppError(error, 'wrong-size');
    await (isUseless ? partial.remove() : partial.release()).catch(() => {});
    tellGrowth(growth, { bytes: 0, state: 'ended' });
    throw error;
  }
}

/** Name under which partial files of a download are kept. */
export function downloadKey(url: string, sizeBytes: number): string {
  return createHash('sha256').update(`${url}\n${sizeBytes}`).digest('hex');
}

interface Filling extends FileRequest {
  /** From now on the file only grows. */
  readonly onSettled: (isResumed: boolean) => void;
}

async function fillFile(partial: Partial, request: Filling): Promise<number> {
  const { sizeBytes } = request;
  const isWhole = partial.sizeBytes === sizeBytes && partial.validator !== null;
  if (isWhole) {
    request.onSettled(true);
    request.onBytes(sizeBytes);
    return 0;
  }
  const transfer = await openAt(partial, request);
  try {
    const from = transfer.status === 206 ? partial.sizeBytes : 0;
    checkAnnouncedSize(transfer, from, request);
    if (from === 0) await inFile(partial, partial.setValidator(validatorOf(transfer)));
    const file = await inFile(partial, open(partial.path, 'r+'));
    try {
      await inFile(partial, file.truncate(from));
      request.onSettled(from > 0);
      return await writeBody(transfer, { file, from, partial, request });
    } finally {
      await file.close();
    }
  } finally {
    transfer.close();
  }
}

/** An answer that either continues the partial file (206) or begins anew (200). */
async function openAt(partial: Partial, request: FileRequest): Promise<Transfer> {
  const resumed = await resume(partial, request);
  const transfer = resumed ?? (await request.open({}));
  if (transfer.status === 200 || transfer === resumed) return transfer;
  transfer.close();
  throw new AppError('http-status', { url: redactUrl(request.url), status: transfer.status });
}

async function resume(partial: Partial, request: FileRequest): Promise<Transfer | null> {
  const { validator, sizeBytes: have } = partial;
  if (have === 0 || have > request.sizeBytes || validator === null) return null;
  const transfer = await request.open({
    range: `bytes=${have}-`,
    'if-range': validator.etag ?? validator.lastModified ?? '',
  });
  if (transfer.status === 200) return transfer;
  const expected = `bytes ${have}-${request.sizeBytes - 1}/${request.sizeBytes}`;
  if (transfer.status === 206 && transfer.headers.get('content-range') === expected) return transfer;
  transfer.close();
  // A range that cannot be had, or another one than asked for: once more from the beginning.
  if (transfer.status === 206 || transfer.status === 416) return null;
  throw new AppError('http-status', { url: redactUrl(request.url), status: transfer.status });
}

function checkAnnouncedSize(transfer: Transfer, from: number, { url, sizeBytes }: FileRequest): void {
  const announced = contentLength(transfer);
  if (announced === null || from + announced === sizeBytes) return;
  throw new AppError('wrong-size', { url: redactUrl(url), expectedBytes: sizeBytes, actualBytes: from + announced });
}

interface Writing {
  readonly file: FileHandle;
  readonly from: number;
  readonly partial: Partial;
  readonly request: FileRequest;
}

async function writeBody(transfer: Transfer, { file, from, partial, request }: Writing): Promise<number> {
  const { url, sizeBytes } = request;
  const wrongSize = (actualBytes: number) =>
    new AppError('wrong-size', { url: redactUrl(url), expectedBytes: sizeBytes, actualBytes });
  let received = from;
  request.onBytes(received);
  try {
    for await (const chunk of transfer.body) {
      if (received + chunk.length > sizeBytes) throw wrongSize(received + chunk.length);
      await inFile(partial, file.write(chunk, 0, chunk.length, received));
      received += chunk.length;
      request.onBytes(received);
    }
  } catch (error) {
    throw cutOff(request.explain(error), { url, received, expected: sizeBytes });
  }
  if (received !== sizeBytes) throw wrongSize(received);
  return received - from;
}

/** A connection that breaks after the answer has begun is a cut-off transfer, which is worth trying again. */
export function cutOff(
  error: unknown,
  { url, received, expected }: { readonly url: string; readonly received: number; readonly expected: number },
): unknown {
  if (!isAppError(error, 'network-unreachable')) return error;
  return new AppError(
    'download-cut-off',
    { url: redactUrl(url), receivedBytes: received, expectedBytes: expected },
    { cause: error },
  );
}

/** `Content-Length`; `null` if the server does not say. */
export function contentLength(transfer: Pick<Transfer, 'headers'>): number | null {
  const text = transfer.headers.get('content-length') ?? '';
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}

/** Weak validators say "about the same", which is not enough to join two parts. */
function validatorOf({ headers }: Transfer): Validator | null {
  const etag = headers.get('etag') ?? null;
  const strong = etag !== null && /^"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null;
  const lastModified = headers.get('last-modified') ?? null;
  return strong === null && lastModified === null ? null : { etag: strong, lastModified };
}

async function inFile<T>(partial: Partial, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw toFileError(error, partial.path);
  }
}
