import type { Readable } from 'node:stream';
import { Refusal } from './refusal.ts';

/** How patient a reader is. */
export interface Patience {
  readonly silenceMs: number;
  readonly bytesPerSecond: number;
}

const newline = 0x0a;

/** Reads what a caller sends, which may come in any pieces, slowly, or never. */
export class ByteReader {
  readonly #pieces: AsyncIterator<Buffer, undefined>;
  readonly #patience: Patience;
  readonly #startedAt = performance.now();
  #receivedBytes = 0;
  /** Came with what was asked for, and is still to be asked for. */
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable, patience: Patience) {
    this.#pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    this.#patience = patience;
  }

  /**
   * A line without its end.
   *
   * @throws Refusal `format` if it is too long, `cancelled` if the caller went away, `timeout`
   */
  async line(maxBytes: number): Promise<string> {
    const parts: Buffer[] = [];
    let length = 0;
    for (;;) {
      const piece = this.#rest.length > 0 ? this.#rest : await this.#next();
      const end = piece.indexOf(newline);
      const part = end < 0 ? piece : piece.subarray(0, end);
      length += part.length;
      if (length > maxBytes) throw new Refusal('format', 'the request is too long');
      parts.push(part);
      this.#rest = end < 0 ? Buffer.alloc(0) : piece.subarray(end + 1);
      if (end >= 0) return Buffer.concat(parts).toString('utf8');
    }
  }

  /** At least one byte, at most this many, if they have come already; else null. */
  takeNow(maxBytes: number): Buffer | null {
    if (this.#rest.length === 0) return null;
    const piece = this.#rest.subarray(0, maxBytes);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  /** At least one byte, at most this many. @throws Refusal `cancelled`, `timeout` */
  async take(maxBytes: number): Promise<Buffer> {
    if (this.#rest.length === 0) this.#rest = await this.#next();
    return this.takeNow(maxBytes) ?? Buffer.alloc(0);
  }

  /** Exactly this many bytes in memory. @throws Refusal as `take` */
  async exactly(count: number): Promise<Buffer> {
    const bytes = Buffer.alloc(count);
    for (let filled = 0; filled < count;) filled += (await this.take(count - filled)).copy(bytes, filled);
    return bytes;
  }

  async #next(): Promise<Buffer> {
    const { silenceMs, bytesPerSecond } = this.#patience;
    // Whoever drips would hold a place for ever without being silent.
    const allowedMs = 2 * silenceMs + (this.#receivedBytes / bytesPerSecond) * 1000;
    const leftMs = Math.min(silenceMs, this.#startedAt + allowedMs - performance.now());
    if (leftMs <= 0) throw new Refusal('timeout', 'the data comes too slowly');
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Refusal('timeout', 'no data came'));
      }, leftMs);
    });
    try {
      const piece = await Promise.race([this.#pieces.next(), silence]);
      if (piece.done === true) throw new Refusal('cancelled', 'the caller went away');
      this.#receivedBytes += piece.value.length;
      return piece.value;
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal('cancelled', 'the connection broke');
    } finally {
      clearTimeout(timer);
    }
  }
}
