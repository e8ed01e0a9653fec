import type { ByteReader } from './byte-reader.ts';
import type { Contents } from './contents.ts';

/** The bytes of all files and links one after the other, in the order of the manifest, which says where each ends. */
export class StreamContents implements Contents {
  readonly #reader: ByteReader;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  enter(): void {}

  leave(): void {}

  file(_name: string, sizeBytes: number): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
    // Most files are small and here already: no turn of the event loop for each.
    const whole = sizeBytes === 0 ? null : this.#reader.takeNow(sizeBytes);
    if (sizeBytes === 0) return [];
    return whole?.length === sizeBytes ? [whole] : this.#pieces(whole, sizeBytes);
  }

  link(_name: string, sizeBytes: number): Promise<Uint8Array> {
    return this.#reader.exactly(sizeBytes);
  }

  close(): void {}

  async *#pieces(first: Uint8Array | null, sizeBytes: number): AsyncIterable<Uint8Array> {
    let left = sizeBytes;
    if (first !== null) {
      left -= first.length;
      yield first;
    }
    while (left > 0) {
      const piece = await this.#reader.take(left);
      left -= piece.length;
      yield piece;
    }
  }
}
