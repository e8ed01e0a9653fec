import type { ArchiveProblems } from './archive-problems.ts';

/** Takes bytes off a stream of pieces in the portions a format has. A piece need not outlive the request for the next. */
export class PieceReader {
  readonly #pieces: AsyncIterator<Buffer, void>;
  readonly #problems: ArchiveProblems;
  #piece: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>, problems: ArchiveProblems) {
    this.#pieces = pieces[Symbol.asyncIterator]() as AsyncIterator<Buffer, void>;
    this.#problems = problems;
  }

  /** Whether nothing is left. */
  async isAtEnd(): Promise<boolean> {
    while (this.#piece.length === 0) {
      const next = await this.#pieces.next();
      if (next.done === true) return true;
      this.#piece = next.value;
    }
    return false;
  }

  /** A portion at once, which the caller may keep. @throws AppError `archive-damaged` if less is left */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.portion(count)) parts.push(Buffer.from(part));
    const [first] = parts;
    return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
  }

  /** A portion in pieces as they come, each good until the next one is asked for. @throws AppError `archive-damaged` if less is left */
  async *portion(count: number): AsyncGenerator<Buffer, void> {
    for (let rest = count; rest > 0;) {
      if (await this.isAtEnd()) throw this.#problems.damaged('cut off');
      const part = this.#cut(Math.min(rest, this.#piece.length));
      rest -= part.length;
      yield part;
    }
  }

  /** Leaves a portion out. @throws AppError `archive-damaged` if less is left */
  async skip(count: number): Promise<void> {
    const portion = this.portion(count);
    while ((await portion.next()).done !== true);
  }

  /** All that is left. */
  async *rest(): AsyncGenerator<Buffer, void> {
    while (!(await this.isAtEnd())) yield this.#cut(this.#piece.length);
  }

  /** To be called in any case, so that who makes the pieces can stop. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #cut(count: number): Buffer {
    const part = this.#piece.subarray(0, count);
    this.#piece = this.#piece.subarray(count);
    return part;
  }
}
