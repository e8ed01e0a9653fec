import type { UnpackLimits } from '../../core/ports/store.ts';
import type { Pace } from '../tree/pace.ts';
import type { ArchiveProblems } from './archive-problems.ts';

/** What real packages stay below by far. */
export const usualLimits: UnpackLimits = {
  unpackedBytes: 64 * 1024 ** 3,
  entries: 1_000_000,
  pathBytes: 4095,
  linkBytes: 4095,
  ratio: 250,
  ratioFromBytes: 256 * 1024 ** 2,
};

/** Counts what comes out of one archive, and stops it. */
export class Meter {
  readonly limits: UnpackLimits;
  readonly #problems: ArchiveProblems;
  readonly #archiveBytes: number;
  #bytes = 0;
  #entries = 0;

  constructor(limits: UnpackLimits, archiveBytes: number, problems: ArchiveProblems) {
    this.limits = limits;
    this.#archiveBytes = archiveBytes;
    this.#problems = problems;
  }

  /** To be called before the bytes are written. @throws AppError `archive-limit` */
  addBytes(count: number): void {
    this.#bytes += count;
    const { unpackedBytes, ratio, ratioFromBytes } = this.limits;
    if (this.#bytes > unpackedBytes) throw this.#problems.limit(`${unpackedBytes} bytes unpacked`);
    if (this.#bytes > ratioFromBytes && this.#bytes > ratio * this.#archiveBytes) {
      throw this.#problems.limit(`${ratio} times its own size`);
    }
  }

  /** @throws AppError `archive-limit` */
  addEntry(): void {
    this.#entries++;
    if (this.#entries > this.limits.entries) throw this.#problems.limit(`${this.limits.entries} entries`);
  }
}

/** Passes pieces on, having counted them. */
export async function* metered(
  pieces: AsyncIterable<Buffer>,
  { meter, pace }: { readonly meter: Meter; readonly pace: Pace },
): AsyncGenerator<Buffer, void> {
  for await (const piece of pieces) {
    meter.addBytes(piece.length);
    pace.add(piece.length);
    yield piece;
  }
}
