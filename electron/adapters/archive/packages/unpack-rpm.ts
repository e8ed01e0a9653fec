import type { FileFacts } from '../../tree/tree-writer.ts';
import { compressionOf, decompress, type Compression } from '../compression/decompress.ts';
import { isZero } from '../compression/inflate.ts';
import type { EntrySink } from '../entry-sink.ts';
import { metered } from '../limits.ts';
import { PieceReader } from '../piece-reader.ts';
import type { UnpackContext, Unpacker } from '../unpacker.ts';
import { padding, readCpioHeader, type CpioMember } from './cpio-reader.ts';

const leadBytes = 96;
const leadMagic = 0xedabeedb;
const headerMagic = 0x8eade801;
const headerBytes = 16;
const entryBytes = 16;
const maxHeaderBytes = 256 * 1024 * 1024;
const types = { mask: 0o170000, file: 0o100000, directory: 0o040000, link: 0o120000 };

/**
 * Unpacks the contents of an RPM package. Times of directories are 0, whatever it says.
 *
 * @see store.md 5.9; RPM file format, version 3 and 4
 */
export const unpackRpm: Unpacker = async (context) => {
  const { source, pace, problems } = context;
  const position = await findPayload(context);
  const length = source.sizeBytes - position;
  const start = Math.min(6, length);
  await source.until(position + start, pace);
  const compression = payloadCompression(source.read(position, start), context);
  const pieces = decompress({ source, position, length, pace, problems }, compression);
  const reader = new PieceReader(metered(pieces, context), problems);
  try {
    await unpackCpio(reader, context);
  } finally {
    await reader.close();
  }
};

/** Skips the lead and the two headers: they describe what the payload says too. */
async function findPayload({ source, pace, problems }: UnpackContext): Promise<number> {
  const take = async (position: number, length: number): Promise<Buffer> => {
    await source.until(position + length, pace);
    return source.read(position, length);
  };
  if ((await take(0, leadBytes)).readUInt32BE(0) !== leadMagic) throw problems.damaged('not an RPM package');
  const headerEnd = async (position: number): Promise<number> => {
    const header = await take(position, headerBytes);
    if (header.readUInt32BE(0) !== headerMagic) throw problems.damaged('malformed header of a package');
    const size = header.readUInt32BE(8) * entryBytes + header.readUInt32BE(12);
    if (size > maxHeaderBytes) throw problems.limit(`${maxHeaderBytes} bytes of header`);
    return position + headerBytes + size;
  };
  const signatureEnd = await headerEnd(leadBytes);
  return headerEnd(Math.ceil(signatureEnd / 8) * 8);
}

function payloadCompression(start: Buffer, { problems }: UnpackContext): Compression {
  const compression = compressionOf(start);
  if (compression !== null) return compression;
  if (start.toString('latin1', 0, 5) === '07070') return 'none';
  // What lzma writes by default; it has no mark of its own.
  if (start[0] === 0x5d) return 'lzma';
  throw problems.unsupported('RPM package with an unknown compression');
}

async function unpackCpio(reader: PieceReader, context: UnpackContext): Promise<void> {
  const { sink, pace, problems } = context;
  const { pathBytes, linkBytes } = context.meter.limits;
  const links = new HardLinks();
  const directories = new Set<string>(['']);
  for (;;) {
    const member = await readCpioHeader(reader, { pathBytes, problems });
    if (member === null) break;
    const { name, mode, sizeBytes } = member;
    addParents(name, directories, sink);
    const type = mode & types.mask;
    if (type === types.link) {
      if (sizeBytes > linkBytes) throw problems.limit(`symbolic link of ${linkBytes} bytes`);
      sink.link(name, await reader.take(sizeBytes));
    } else if (type === types.file) await takeFile(reader, member, { links, sink });
    else {
      if (sizeBytes > 0) throw problems.damaged('data of what is no file');
      if (type === types.directory) sink.directory(name, 0);
      else sink.foreign(name, 'neither a file nor a directory nor a symbolic link');
    }
    await reader.take(padding(sizeBytes));
    if (pace.isDue) await pace.rest();
  }
  for (const [first, ...others] of links.left()) {
    sink.file(first.name, factsOf(first), Buffer.alloc(0));
    for (const other of others) sink.hardLink(other.name, first.name);
  }
  for await (const piece of reader.rest()) {
    if (!isZero(piece)) throw problems.damaged('something follows the end of the archive');
  }
}

/** Those above a member need not be in the package, and get the same time as those that are. */
function addParents(name: Buffer, known: Set<string>, sink: EntrySink): void {
  const parent = name.subarray(0, Math.max(0, name.lastIndexOf('/')));
  const key = parent.toString('latin1');
  if (known.has(key)) return;
  known.add(key);
  addParents(parent, known, sink);
  sink.directory(parent, 0);
}

async function takeFile(
  reader: PieceReader,
  member: CpioMember,
  { links, sink }: { readonly links: HardLinks; readonly sink: EntrySink },
): Promise<void> {
  const { name, sizeBytes, linkCount } = member;
  if (linkCount > 1 && sizeBytes === 0) {
    const first = links.nameWithData(member);
    if (first === null) links.wait(member);
    else sink.hardLink(name, first);
    return;
  }
  sink.beginFile(name, factsOf(member));
  for await (const piece of reader.portion(sizeBytes)) sink.write(piece);
  sink.endFile(name);
  for (const waiting of links.found(member)) sink.hardLink(waiting.name, name);
}

function factsOf({ mtime, mode }: CpioMember): FileFacts {
  return { mtime, isExecutable: (mode & 0o111) !== 0 };
}

/** Only one name of a file, usually the last, comes with its data. */
class HardLinks {
  readonly #waiting = new Map<string, [CpioMember, ...CpioMember[]]>();
  readonly #found = new Map<string, Buffer>();

  nameWithData({ fileId }: CpioMember): Buffer | null {
    return this.#found.get(fileId) ?? null;
  }

  wait(member: CpioMember): void {
    const others = this.#waiting.get(member.fileId);
    if (others === undefined) this.#waiting.set(member.fileId, [member]);
    else others.push(member);
  }

  /** Remembers where the data are. @returns what waited for them */
  found({ name, linkCount, fileId }: CpioMember): readonly CpioMember[] {
    if (linkCount < 2) return [];
    this.#found.set(fileId, name);
    const waiting = this.#waiting.get(fileId) ?? [];
    this.#waiting.delete(fileId);
    return waiting;
  }

  /** Files of no bytes: all their names wait. */
  left(): Iterable<readonly [CpioMember, ...CpioMember[]]> {
    return this.#waiting.values();
  }
}
