import { crc32, inflateRawSync } from 'node:zlib';
import { errorCode } from '../../file-error.ts';
import type { FileFacts } from '../../tree/tree-writer.ts';
import { inflateRaw } from '../compression/inflate.ts';
import type { UnpackContext, Unpacker } from '../unpacker.ts';
import { readDirectory, type ZipEntry } from './zip-directory.ts';
import { nameOf, timeOf } from './zip-entry.ts';

/** Up to this size a member is inflated by one synchronous call, which is several times faster for small ones. */
const wholeBytes = 1024 * 1024;
const localBytes = 30;
const methods = { stored: 0, deflate: 8, bzip2: 12 };
const flagBits = { encrypted: 0x1, patched: 0x20, stronglyEncrypted: 0x40, masked: 0x2000 };
const types = { mask: 0o170000, none: 0, file: 0o100000, directory: 0o040000, link: 0o120000 };

/** A member whose local header was compared with the directory. */
interface Member {
  readonly entry: ZipEntry;
  readonly name: Buffer;
  readonly mtime: number;
  /** Position of the data. */
  readonly start: number;
}

/**
 * Unpacks a zip archive.
 *
 * Why not a library: the common one gives each member as a stream, which costs more than unpacking a small file; it
 * replaces backslashes and decodes code pages by itself. See decision 0020.
 */
export const unpackZip: Unpacker = async (context) => {
  const { source, sink, meter, pace, problems } = context;
  for (const entry of readDirectory(source, meter, problems)) {
    const member = openMember(entry, context);
    const type = (entry.unixMode ?? 0) & types.mask;
    const isDirectory = member.name.at(-1) === 0x2f;
    if (isDirectory) {
      if (entry.sizeBytes > 0) throw problems.damaged('a directory with data');
      sink.directory(member.name, member.mtime);
    } else if (type === types.link) {
      const limit = meter.limits.linkBytes;
      if (entry.sizeBytes > limit) throw problems.limit(`symbolic link of ${limit} bytes`);
      sink.link(member.name, readWhole(member, context));
    } else if (type !== types.file && type !== types.none) {
      sink.foreign(member.name, 'neither a file nor a directory nor a symbolic link');
    } else await unpackFile(member, context);
    if (pace.isDue) await pace.rest();
  }
};

async function unpackFile(member: Member, context: UnpackContext): Promise<void> {
  const { sink, problems } = context;
  const { entry, name, mtime } = member;
  const facts: FileFacts = { mtime, isExecutable: ((entry.unixMode ?? 0) & 0o111) !== 0 };
  if (entry.sizeBytes <= wholeBytes && entry.packedBytes <= wholeBytes) {
    sink.file(name, facts, readWhole(member, context));
    return;
  }
  sink.beginFile(name, facts);
  let crc = 0;
  let sizeBytes = 0;
  for await (const piece of piecesOf(member, context)) {
    sizeBytes += piece.length;
    if (sizeBytes > entry.sizeBytes) break;
    context.meter.addBytes(piece.length);
    context.pace.add(piece.length);
    crc = crc32(piece, crc);
    sink.write(piece);
  }
  if (sizeBytes !== entry.sizeBytes) throw problems.damaged('a member of the wrong size');
  if (crc !== entry.crc) throw problems.damaged('wrong checksum');
  sink.endFile(name);
}

function readWhole({ entry, start }: Member, { source, meter, pace, problems }: UnpackContext): Buffer {
  meter.addBytes(entry.sizeBytes);
  pace.add(entry.sizeBytes);
  let data = source.read(start, entry.packedBytes);
  if (entry.method === methods.deflate) {
    try {
      // The output is cut at the announced size, so that a lying entry cannot fill the memory.
      const options = { maxOutputLength: Math.max(1, entry.sizeBytes), chunkSize: Math.max(64, entry.sizeBytes + 1) };
      const result = inflateRawSync(data, { ...options, info: true }) as unknown as InflateInfo;
      if (result.engine.bytesWritten !== entry.packedBytes) throw problems.damaged('a member of the wrong size');
      data = result.buffer;
    } catch (error) {
      const code = errorCode(error);
      if (code === 'ERR_BUFFER_TOO_LARGE') throw problems.damaged('a member of the wrong size', error);
      throw code?.startsWith('Z_') === true ? problems.damaged('damaged data', error) : error;
    }
  }
  if (data.length !== entry.sizeBytes) throw problems.damaged('a member of the wrong size');
  if (crc32(data) !== entry.crc) throw problems.damaged('wrong checksum');
  return data;
}

/** What zlib's synchronous calls give with `info`. */
interface InflateInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function piecesOf({ entry, start }: Member, { source, pace, problems }: UnpackContext): AsyncIterable<Buffer> {
  const length = entry.packedBytes;
  if (entry.method === methods.stored) return source.passingPieces(start, length, pace);
  return inflateRaw({ source, position: start, length, pace, problems });
}

/** Compares what the member says of itself with the directory: where they differ, programs see different archives. */
function openMember(entry: ZipEntry, { source, problems }: UnpackContext): Member {
  const header = source.read(entry.position, localBytes);
  if (header.readUInt32LE(0) !== 0x04034b50) throw problems.damaged('a member without a header');
  const flags = entry.flags | header.readUInt16LE(6);
  if ((flags & (flagBits.encrypted | flagBits.stronglyEncrypted | flagBits.masked)) !== 0) {
    throw problems.unsupported('encrypted zip');
  }
  if (header.readUInt16LE(8) !== entry.method) throw problems.damaged('a header that contradicts the directory');
  if (entry.method === methods.bzip2) throw problems.unsupported('zip with bzip2');
  if ((entry.method !== methods.stored && entry.method !== methods.deflate) || (flags & flagBits.patched) !== 0) {
    throw problems.unsupported(`zip with compression method ${entry.method}`);
  }
  if (entry.method === methods.stored && entry.packedBytes !== entry.sizeBytes) {
    throw problems.damaged('a member of the wrong size');
  }
  const [dosTime, dosDate] = [header.readUInt16LE(10), header.readUInt16LE(12)];
  const nameBytes = header.readUInt16LE(26);
  const extraBytes = header.readUInt16LE(28);
  const tail = source.read(entry.position + localBytes, nameBytes + extraBytes);
  const extra = tail.subarray(nameBytes);
  const name = nameOf(entry.rawName, entry.extra);
  if (!nameOf(tail.subarray(0, nameBytes), extra).equals(name)) {
    throw problems.damaged('a header that contradicts the directory');
  }
  if (name.length === 0) throw problems.damaged('a member without a name');
  const start = entry.position + localBytes + nameBytes + extraBytes;
  return { entry, name, mtime: timeOf(dosDate, dosTime, extra), start };
}
