import { crc32, deflateRawSync } from 'node:zlib';

/** A zip member, good or bad: whatever is given is written. */
export interface ZipMember {
  readonly name: string | Buffer;
  readonly data?: string | Buffer;
  /** Unix mode with the file type; null for an entry from DOS. */
  readonly mode?: number | null;
  readonly isDeflated?: boolean;
  readonly dosDate?: number;
  readonly dosTime?: number;
  readonly localExtra?: Buffer;
  readonly centralExtra?: Buffer;
  readonly flags?: number;
  readonly method?: number;
  readonly localName?: string | Buffer;
  readonly crc?: number;
  /** What the directory says of the size. */
  readonly sizeBytes?: number;
  /** Position of another member's header, to share its data. */
  readonly position?: number;
}

/** Makes a zip archive. @param options.prefix bytes in front that the positions count only if `isCounted` */
export function makeZip(
  members: readonly ZipMember[],
  options: { readonly prefix?: Buffer; readonly isCounted?: boolean; readonly comment?: string } = {},
): Buffer {
  const prefix = options.prefix ?? Buffer.alloc(0);
  const parts: Buffer[] = [prefix];
  const central: Buffer[] = [];
  const base = options.isCounted === true ? 0 : prefix.length;
  let at = prefix.length;
  for (const member of members) {
    const data = Buffer.from(member.data ?? '');
    const packed = member.isDeflated === true ? deflateRawSync(data) : data;
    const name = Buffer.from(member.name);
    const localName = Buffer.from(member.localName ?? name);
    const localExtra = member.localExtra ?? Buffer.alloc(0);
    const common = Buffer.alloc(22);
    common.writeUInt16LE(member.flags ?? 0, 0);
    common.writeUInt16LE(member.method ?? (member.isDeflated === true ? 8 : 0), 2);
    common.writeUInt16LE(member.dosTime ?? 0, 4);
    common.writeUInt16LE(member.dosDate ?? 0x3d21, 6);
    common.writeUInt32LE(member.crc ?? crc32(data), 8);
    common.writeUInt32LE(packed.length, 12);
    common.writeUInt32LE(member.sizeBytes ?? data.length, 16);
    common.writeUInt16LE(localName.length, 20);
    const local = Buffer.concat([
      bytes32(0x04034b50),
      bytes16(20),
      common,
      bytes16(localExtra.length),
      localName,
      localExtra,
      packed,
    ]);
    const mode = member.mode === undefined ? 0o100644 : member.mode;
    const centralExtra = member.centralExtra ?? Buffer.alloc(0);
    const centralCommon = Buffer.from(common);
    centralCommon.writeUInt16LE(name.length, 20);
    central.push(
      Buffer.concat([
        bytes32(0x02014b50),
        bytes16(mode === null ? 20 : 0x031e),
        bytes16(20),
        centralCommon,
        bytes16(centralExtra.length),
        Buffer.alloc(6),
        bytes16(0),
        bytes32(((mode ?? 0) * 0x10000) >>> 0).subarray(2),
        bytes32(member.position ?? at - base),
        name,
        centralExtra,
      ]),
    );
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.concat([
    bytes32(0x06054b50),
    Buffer.alloc(4),
    bytes16(members.length),
    bytes16(members.length),
    bytes32(directory.length),
    bytes32(at - base),
    bytes16(comment.length),
    comment,
  ]);
  return Buffer.concat([...parts, directory, end]);
}

/** An extra field. */
export function extraField(id: number, data: Buffer): Buffer {
  return Buffer.concat([bytes16(id), bytes16(data.length), data]);
}

/** Little-endian. */
export function bytes32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function bytes16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
