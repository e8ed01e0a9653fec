import { execFileSync } from 'node:child_process';
import { gzipSync } from 'node:zlib';
import { tarMember } from './make-tar.ts';

/** Ways to compress, by the ending that stands for them. */
export type Ending = '' | '.gz' | '.bz2' | '.xz' | '.lzma' | '.lz' | '.zst';

const programs: Readonly<Record<Exclude<Ending, '' | '.gz'>, readonly [string, ...string[]]>> = {
  '.bz2': ['bzip2', '-1c'],
  '.xz': ['xz', '-1c'],
  '.lzma': ['xz', '-1c', '--format=lzma'],
  '.lz': ['lzip', '-1c'],
  '.zst': ['zstd', '-1cq'],
};

/** Compresses as the programs do. */
export function compress(data: Buffer, ending: Ending): Buffer {
  if (ending === '') return data;
  if (ending === '.gz') return gzipSync(data, { level: 1 });
  const [program, ...args] = programs[ending];
  return execFileSync(program, args, { input: data, maxBuffer: 2 ** 31 });
}

/** An ar archive. Sizes are as given, or those of the data. */
export function makeAr(
  ...members: readonly { readonly name: string; readonly data: Buffer; readonly size?: string }[]
): Buffer {
  const parts = members.flatMap(({ name, data, size = String(data.length) }) => [
    Buffer.from(
      `${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'100644'.padEnd(8)}${size.padEnd(10)}\`\n`,
    ),
    data,
    Buffer.alloc(data.length % 2, '\n'),
  ]);
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts]);
}

/** A Debian package around a tar archive. */
export function makeDeb(tar: Buffer, ending: Ending = '.xz'): Buffer {
  return makeAr(
    { name: 'debian-binary', data: Buffer.from('2.0\n') },
    { name: 'control.tar.gz', data: compress(Buffer.alloc(1024), '.gz') },
    { name: `data.tar${ending}`, data: compress(tar, ending) },
  );
}

/** A Ruby gem around a tar archive. */
export function makeGem(tar: Buffer): Buffer {
  return Buffer.concat([
    tarMember({ name: 'metadata.gz', data: gzipSync('x') }),
    tarMember({ name: 'data.tar.gz', data: gzipSync(tar) }),
    tarMember({ name: 'checksums.yaml.gz', data: gzipSync('y') }),
    Buffer.alloc(1024),
  ]);
}

/** A member of a cpio archive, good or bad. */
export interface CpioEntry {
  readonly name: string | Buffer;
  /** With the type of file. */
  readonly mode?: number;
  readonly data?: string | Buffer;
  readonly mtime?: number;
  readonly inode?: number;
  readonly linkCount?: number;
  /** Instead of the length of the data. */
  readonly size?: number;
}

/** A cpio archive in the "new ASCII" format. */
export function makeCpio(...entries: readonly CpioEntry[]): Buffer {
  const all = [...entries, { name: 'TRAILER!!!', mode: 0 }];
  return Buffer.concat(
    all.flatMap((entry: CpioEntry, index) => {
      const name = Buffer.concat([Buffer.from(entry.name), Buffer.alloc(1)]);
      const data = Buffer.from(entry.data ?? '');
      const fields = [
        entry.inode ?? index + 1,
        entry.mode ?? 0o100644,
        0,
        0,
        entry.linkCount ?? 1,
        entry.mtime ?? 1_500_000_000,
        entry.size ?? data.length,
        0,
        0,
        0,
        0,
        name.length,
        0,
      ];
      const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`);
      const fill = (size: number): Buffer => Buffer.alloc((4 - (size % 4)) % 4);
      return [header, name, fill(header.length + name.length), data, fill(data.length)];
    }),
  );
}

/** An RPM package around a cpio archive: the headers are there, and empty. */
export function makeRpm(cpio: Buffer, ending: Ending = '.gz'): Buffer {
  const lead = Buffer.alloc(96);
  lead.writeUInt32BE(0xedabeedb, 0);
  const header = (bytes: number): Buffer => {
    const start = Buffer.alloc(16 + bytes);
    start.writeUInt32BE(0x8eade801, 0);
    start.writeUInt32BE(bytes, 12);
    return start;
  };
  // Not a multiple of eight, so that the padding counts.
  return Buffer.concat([lead, header(4), Buffer.alloc(4), header(20), compress(cpio, ending)]);
}

/** A file in a cabinet. */
export interface CabEntry {
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  /** What the directory says of the size. */
  readonly size?: number;
}

/** A cabinet that is not compressed, with one block of data. */
export function makeCab(...entries: readonly CabEntry[]): Buffer {
  const data = Buffer.concat(entries.map((entry) => Buffer.from(entry.data ?? '')));
  let offset = 0;
  const files = entries.map((entry) => {
    const file = Buffer.alloc(16);
    const size = entry.size ?? Buffer.from(entry.data ?? '').length;
    file.writeUInt32LE(size, 0);
    file.writeUInt32LE(offset, 4);
    // 2008-01-10 21:20:02
    file.writeUInt16LE(((2008 - 1980) << 9) | (1 << 5) | 10, 10);
    file.writeUInt16LE((21 << 11) | (20 << 5) | 1, 12);
    // The name is UTF-8.
    file.writeUInt16LE(0x80, 14);
    offset += Buffer.from(entry.data ?? '').length;
    return Buffer.concat([file, Buffer.from(entry.name), Buffer.alloc(1)]);
  });
  const fileBytes = files.reduce((sum, file) => sum + file.length, 0);
  const header = Buffer.alloc(36);
  header.write('MSCF', 0);
  header.writeUInt32LE(36 + 8 + fileBytes + 8 + data.length, 8);
  header.writeUInt32LE(36 + 8, 16);
  header.writeUInt16LE(0x0103, 24);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(entries.length, 28);
  const folder = Buffer.alloc(8);
  folder.writeUInt32LE(36 + 8 + fileBytes, 0);
  folder.writeUInt16LE(1, 4);
  const block = Buffer.alloc(8);
  block.writeUInt16LE(data.length, 4);
  block.writeUInt16LE(data.length, 6);
  return Buffer.concat([header, folder, ...files, block, data]);
}
