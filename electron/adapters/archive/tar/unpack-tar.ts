import { compressionOf, decompress, type Compression } from '../compression/decompress.ts';
import type { EntrySink } from '../entry-sink.ts';
import { metered } from '../limits.ts';
import type { UnpackContext, Unpacker } from '../unpacker.ts';
import type { SparseMap } from './sparse-map.ts';
import { TarReader, type TarHandler, type TarMember } from './tar-reader.ts';

/** Unpacks a tar archive that was compressed in one way, or not at all. */
export function tarUnpacker(compression: Compression): Unpacker {
  return (context) => unpackTarPart(compression, 0, context.source.sizeBytes, context);
}

/** Unpacks a tar archive whose ending says lzma to some programs and lzip to others. @see store.md 5.6 */
export const unpackTarLzmaOrLzip: Unpacker = async (context) => {
  const { source, pace } = context;
  const count = Math.min(4, source.sizeBytes);
  await source.until(count, pace);
  const isLzip = compressionOf(source.read(0, count)) === 'lzip';
  await unpackTarPart(isLzip ? 'lzip' : 'lzma', 0, source.sizeBytes, context);
};

/** Unpacks a tar archive that is part of another file. */
// eslint-disable-next-line @typescript-eslint/max-params -- where the part is, and the context that all share
export function unpackTarPart(
  compression: Compression,
  position: number,
  length: number,
  context: UnpackContext,
): Promise<void> {
  const { source, pace, problems } = context;
  return unpackStream(decompress({ source, position, length, pace, problems }, compression), context);
}

/**
 * Unpacks a tar stream that was decompressed by the declared type.
 *
 * @throws AppError `archive-damaged`, `archive-unsafe`, `archive-limit`
 */
async function unpackStream(
  pieces: AsyncIterable<Buffer>,
  { sink, meter, pace, problems }: Omit<UnpackContext, 'source'>,
): Promise<void> {
  const handler = new SinkHandler(sink, (count) => meter.addBytes(count));
  const reader = new TarReader(handler, problems);
  for await (const piece of metered(pieces, { meter, pace })) reader.push(piece);
  reader.finish();
}

/** Hands members to the sink, and spreads the data of sparse files. */
class SinkHandler implements TarHandler {
  readonly #sink: EntrySink;
  readonly #addHole: (bytes: number) => void;
  #sparse: SparseMap | null = null;
  #part = 0;
  #partDone = 0;

  constructor(sink: EntrySink, addHole: (bytes: number) => void) {
    this.#sink = sink;
    this.#addHole = addHole;
  }

  whole(member: TarMember, data: Buffer): void {
    switch (member.kind) {
      case 'file':
        this.#sink.file(member.name, factsOf(member), data);
        break;
      case 'directory':
        this.#sink.directory(member.name, member.mtime);
        break;
      case 'link':
        this.#sink.link(member.name, member.linkName);
        break;
      case 'hard-link':
        this.#sink.hardLink(member.name, member.linkName);
        break;
      case 'foreign':
        this.#sink.foreign(member.name, member.what);
        break;
    }
  }

  begin(member: TarMember): void {
    this.#sparse = member.sparse;
    if (member.kind !== 'file') {
      this.whole(member, Buffer.alloc(0));
      return;
    }
    this.#part = 0;
    this.#partDone = 0;
    // Holes are not in the stream, so they are counted before a disk is filled with them.
    if (member.sparse !== null) this.#addHole(member.sparse.sizeBytes - member.dataBytes);
    this.#sink.beginFile(member.name, factsOf(member));
  }

  data(piece: Buffer): void {
    if (this.#sparse === null) {
      this.#sink.write(piece);
      return;
    }
    for (let at = 0; at < piece.length;) {
      const part = this.#sparse.parts[this.#part];
      if (part === undefined) throw new Error('more data than parts');
      this.#sink.extendTo(part.offset + this.#partDone);
      const slice = piece.subarray(at, at + part.length - this.#partDone);
      this.#sink.write(slice);
      at += slice.length;
      this.#partDone += slice.length;
      if (this.#partDone === part.length) {
        this.#part++;
        this.#partDone = 0;
      }
    }
  }

  end(member: TarMember): void {
    if (member.kind !== 'file') return;
    if (member.sparse !== null) this.#sink.extendTo(member.sparse.sizeBytes);
    this.#sink.endFile(member.name);
  }
}

function factsOf(member: TarMember) {
  return { mtime: member.mtime, isExecutable: (member.mode & 0o111) !== 0 };
}
