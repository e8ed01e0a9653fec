import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { GrowingFile, Validators } from '../../core/ports/http.ts';
import { redactUrl } from '../../core/trust/url.ts';
import { toFileError } from '../file-error.ts';
import { asCutOff, contentLength, cutOffError } from './cut-off.ts';
import type { Partial } from './partial-files.ts';
import type { Transfer } from './transfer.ts';
import { validatorsOf } from './validators.ts';
import { createWriteBehind } from './write-behind.ts';

/** One archive to fetch into a file. */
export interface FileRequest {
  readonly url: string;
  /** `null`: nobody says. Then no more than `limitBytes`, and the file is not shown before it is whole. */
  readonly sizeBytes: number | null;
  readonly limitBytes: number;
  readonly open: (headers: Readonly<Record<string, string>>) => Promise<Transfer>;
  /** Runs one attempt after the other until one is good or the last one was bad. */
  readonly tryRepeatedly: (progress: () => number, attempt: () => Promise<void>) => Promise<void>;
  readonly onBytes: (receivedBytes: number) => void;
  /** Is told of the file once what is in it stays. */
  readonly onFile?: ((file: GrowingFile) => void) | undefined;
  /** Makes what went wrong on the way an error for people. */
  readonly explain: (error: unknown) => unknown;
}

interface FillingRequest extends Pick<
  FileRequest,
  'url' | 'sizeBytes' | 'limitBytes' | 'open' | 'onBytes' | 'explain'
> {
  /** From now on the file only grows. */
  readonly onSettled: (isResumed: boolean) => void;
}

/**
 * A partial file on its way to be whole, in as many attempts as it takes.
 *
 * Until the first answer it may begin anew. After that others may be reading it, so what is there stays: an attempt goes on
 * where the last one ended, if the server proves with a validator that it is still the same file (206). If it sends
 * everything again instead (200), what is here already is compared with what comes, byte for byte: the same bytes need no
 * other proof, and others are `download-changed`.
 */
export class Filling {
  readonly #partial: Partial;
  readonly #request: FillingRequest;
  #file: FileHandle | null = null;
  /** Bytes that are there and stay. */
  #have: number;
  #total: number | null;
  #validator: Validators | null;
  #isSettled = false;
  #networkBytes = 0;

  constructor(partial: Partial, request: FillingRequest) {
    this.#partial = partial;
    this.#request = request;
    this.#total = request.sizeBytes;
    this.#validator = partial.validator;
    // Without its size nobody could tell whether it is whole.
    this.#have = request.sizeBytes === null ? 0 : partial.sizeBytes;
  }

  get receivedBytes(): number {
    return this.#have;
  }

  /** Bytes that came over the network. */
  get networkBytes(): number {
    return this.#networkBytes;
  }

  /** @throws AppError `http-status`, `wrong-size`, `download-changed`, `download-too-large`, failures of network and disk */
  async attempt(): Promise<void> {
    if (this.#have === this.#total && (this.#isSettled || this.#validator !== null)) {
      this.#settle(true);
      return;
    }
    const transfer = await this.#open();
    try {
      const isPart = transfer.status === 206;
      const from = isPart ? this.#have : 0;
      this.#checkAnnouncedSize(transfer, from);
      const validator = isPart ? this.#validator : strongValidators(transfer);
      if (!isPart && !this.#isSettled) {
        this.#have = 0;
        await this.#remember(validator);
      }
      this.#file ??= await this.#inFile(open(this.#partial.path, 'r+'));
      if (!this.#isSettled) await this.#inFile(this.#file.truncate(this.#have));
      this.#settle(isPart);
      await this.#take(transfer, this.#file, from);
      if (validator !== this.#validator) await this.#remember(validator);
    } finally {
      transfer.close();
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await file?.close();
  }

  #settle(isResumed: boolean): void {
    if (!this.#isSettled) this.#request.onSettled(isResumed);
    this.#isSettled = true;
    this.#request.onBytes(this.#have);
  }

  async #remember(validator: Validators | null): Promise<void> {
    this.#validator = validator;
    await this.#inFile(this.#partial.setValidator(validator));
  }

  /** An answer that either continues the file (206) or begins at its beginning (200). */
  async #open(): Promise<Transfer> {
    const resumed = await this.#resume();
    const transfer = resumed ?? (await this.#request.open({}));
    if (transfer.status === 200 || transfer === resumed) return transfer;
    transfer.close();
    throw this.#badStatus(transfer);
  }

  async #resume(): Promise<Transfer | null> {
    const [have, total, validator] = [this.#have, this.#total, this.#validator];
    if (have === 0 || total === null || have >= total || validator === null) return null;
    const transfer = await this.#request.open({
      range: `bytes=${have}-`,
      'if-range': validator.etag ?? validator.lastModified ?? '',
    });
    if (transfer.status === 200) return transfer;
    const isAsAsked = transfer.headers.get('content-range') === `bytes ${have}-${total - 1}/${total}`;
    if (transfer.status === 206 && isAsAsked && hasSameEtag(transfer, validator)) return transfer;
    transfer.close();
    // A range that cannot be had, or another one than asked for: once more from the beginning.
    if (transfer.status === 206 || transfer.status === 416) return null;
    throw this.#badStatus(transfer);
  }

  #badStatus({ status }: Transfer): AppError {
    return new AppError('http-status', { url: redactUrl(this.#request.url), status });
  }

  #checkAnnouncedSize(transfer: Transfer, from: number): void {
    const announced = contentLength(transfer);
    if (announced === null) return;
    const size = from + announced;
    if (this.#total === null && size > this.#request.limitBytes) throw this.#tooLarge();
    this.#total ??= size;
    if (size !== this.#total) throw this.#wrongSize(size);
  }

  /** Takes what comes: compares what was here before, and writes the rest. */
  async #take(transfer: Transfer, file: FileHandle, from: number): Promise<void> {
    let at = from;
    const here = this.#have;
    const limit = this.#total ?? this.#request.limitBytes;
    const { url, explain } = this.#request;
    const cut = () => ({ url, received: at, expected: limit });
    const writer = createWriteBehind(file, here, (written) => {
      this.#have = written;
      this.#request.onBytes(written);
    });
    try {
      for await (const chunk of transfer.body) {
        if (at + chunk.length > limit) {
          throw this.#total === null ? this.#tooLarge() : this.#wrongSize(at + chunk.length);
        }
        this.#networkBytes += chunk.length;
        const known = Math.min(chunk.length, Math.max(0, here - at));
        if (known > 0) await this.#compare(file, chunk.subarray(0, known), at);
        if (known < chunk.length) await this.#inFile(writer.push(known > 0 ? chunk.subarray(known) : chunk));
        at += chunk.length;
      }
      await this.#inFile(writer.flush());
    } catch (error) {
      // What has come stays, whatever happened to the rest. A failure of the disk has been told already.
      await writer.flush().catch(() => {});
      throw asCutOff(explain(error), cut());
    }
    const announced = contentLength(transfer);
    if (announced !== null && at < from + announced) throw cutOffError(cut());
    this.#total ??= at;
    if (at !== this.#total) throw this.#wrongSize(at);
  }

  async #compare(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
    const here = Buffer.alloc(chunk.length);
    await this.#inFile(file.read(here, 0, here.length, at));
    if (!here.equals(chunk)) throw new AppError('download-changed', { url: redactUrl(this.#request.url) });
  }

  #wrongSize(actualBytes: number): AppError {
    const { url, sizeBytes } = this.#request;
    const expectedBytes = sizeBytes ?? this.#total ?? 0;
    return new AppError('wrong-size', { url: redactUrl(url), expectedBytes, actualBytes });
  }

  #tooLarge(): AppError {
    const { url, limitBytes } = this.#request;
    return new AppError('download-too-large', { url: redactUrl(url), limitBytes });
  }

  async #inFile<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw toFileError(error, this.#partial.path);
    }
  }
}

/** Weak validators say "about the same", which is not enough to join two parts. */
function strongValidators(transfer: Transfer): Validators | null {
  const { etag = null, lastModified = null } = validatorsOf(transfer) ?? {};
  const strong = etag?.startsWith('W/') === true ? null : etag;
  return strong === null && lastModified === null ? null : { etag: strong, lastModified };
}

/** A server that continues another file than asked for may at least say so. */
function hasSameEtag({ headers }: Transfer, { etag }: Validators): boolean {
  const now = headers.get('etag');
  return now === undefined || etag === null || now === etag;
}
