import { gzipSync } from 'node:zlib';

/** A tar member, good or bad: whatever is given is written. */
export interface TarEntry {
  readonly name: string | Buffer;
  /** Type flag; `'0'` if left out. */
  readonly type?: string;
  readonly data?: string | Buffer;
  readonly mode?: number;
  readonly mtime?: number;
  readonly link?: string | Buffer;
  readonly magic?: string;
  readonly prefix?: string;
  /** Instead of the length of the data. */
  readonly size?: number;
}

const endMarker = Buffer.alloc(1024);

/** A tar archive with an end marker. */
export function makeTar(...entries: readonly TarEntry[]): Buffer {
  return Buffer.concat([...entries.map(tarMember), endMarker]);
}

/** A tar archive, compressed with gzip. */
export function makeTarGz(...entries: readonly TarEntry[]): Buffer {
  return gzipSync(makeTar(...entries), { level: 1 });
}

/** One member with its data, padded. */
export function tarMember(entry: TarEntry): Buffer {
  const data = Buffer.from(entry.data ?? '');
  const block = Buffer.alloc(512);
  Buffer.from(entry.name).copy(block, 0, 0, 100);
  block.write(octal(entry.mode ?? 0o644, 7), 100);
  block.write('0000000\0' + '0000000\0', 108);
  block.write(octal(entry.size ?? data.length, 11), 124);
  const mtime = entry.mtime ?? 1_500_000_000;
  if (mtime >= 0) block.write(octal(mtime, 11), 136);
  else {
    block.fill(0xff, 136, 148);
    block.writeBigInt64BE(BigInt(mtime), 140);
  }
  block.write(entry.type ?? '0', 156, 'latin1');
  Buffer.from(entry.link ?? '').copy(block, 157, 0, 100);
  block.write(entry.magic ?? 'ustar\x0000', 257, 'latin1');
  block.write(entry.prefix ?? '', 345);
  return Buffer.concat([seal(block), data, Buffer.alloc((512 - (data.length % 512)) % 512)]);
}

/** Writes the checksum of a header. */
export function seal(block: Buffer): Buffer {
  block.write('        ', 148);
  let sum = 0;
  for (const byte of block) sum += byte;
  block.write(`${octal(sum, 6)} `, 148, 'latin1');
  return block;
}

/** A pax extended header for the next member, or with type `g` for all that follow. */
export function pax(records: Readonly<Record<string, string | Buffer>>, type = 'x'): TarEntry {
  const lines = Object.entries(records).map(([keyword, value]) => paxLine(keyword, Buffer.from(value)));
  return { name: 'PaxHeader', type, data: Buffer.concat(lines) };
}

/** A GNU long name (type L) or long link name (type K) for the next member. */
export function longName(name: string, type: 'L' | 'K' = 'L'): TarEntry {
  return { name: '././@LongLink', type, data: `${name}\0`, magic: 'ustar  \0' };
}

function paxLine(keyword: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${keyword}=`), value, Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function octal(value: number, digits: number): string {
  return `${value.toString(8).padStart(digits, '0')}\0`;
}
