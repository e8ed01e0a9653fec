import type { ArchiveProblems } from '../archive-problems.ts';

/** Bytes of a header and of what everything is padded to. */
export const blockBytes = 512;

/** Seconds that a Date can hold; no file system holds more. */
const maxSeconds = 8.64e12;

/** What a header block says. Names are bytes up to the first NUL. */
export interface TarHeader {
  readonly name: Buffer;
  readonly mode: number;
  /** As written: not every type has data. */
  readonly sizeBytes: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  /** A character; NUL for the oldest files. */
  readonly type: string;
  readonly linkName: Buffer;
}

/** Fields of ustar headers and their GNU variants, as [offset, length]. */
const fields = {
  name: [0, 100],
  mode: [100, 8],
  size: [124, 12],
  mtime: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  linkName: [157, 100],
  prefix: [345, 155],
} as const;

/**
 * Reads a header block.
 *
 * @throws AppError `archive-damaged`
 * @see POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format"
 */
export function parseHeader(block: Buffer, problems: ArchiveProblems): TarHeader {
  checkSum(block, problems);
  let name = textField(block, fields.name);
  // GNU headers hold other things where the prefix would be.
  if (block[262] === 0 && block.toString('latin1', 257, 262) === 'ustar') {
    const prefix = textField(block, fields.prefix);
    if (prefix.length > 0) name = Buffer.concat([prefix, Buffer.from('/'), name]);
  }
  const mtime = numberField(block, fields.mtime, problems);
  return {
    name,
    mode: numberField(block, fields.mode, problems),
    sizeBytes: checkedSize(numberField(block, fields.size, problems), problems),
    mtime: checkedTime(mtime, problems),
    type: block.toString('latin1', fields.type[0], fields.type[0] + 1),
    linkName: textField(block, fields.linkName),
  };
}

/** @throws AppError `archive-damaged` if no file can be of that size */
export function checkedSize(size: number, problems: ArchiveProblems): number {
  if (!Number.isSafeInteger(size) || size < 0) throw problems.damaged('impossible size');
  return size;
}

/** @throws AppError `archive-damaged` if no file can have that time */
export function checkedTime(seconds: number, problems: ArchiveProblems): number {
  if (!(Math.abs(seconds) <= maxSeconds)) throw problems.damaged('impossible time');
  return seconds;
}

/** A number as octal digits, or as big-endian two's complement if the first bit is set (GNU). Blank is 0. */
export function numberField(
  block: Buffer,
  [offset, length]: readonly [number, number],
  problems: ArchiveProblems,
): number {
  const first = block[offset] ?? 0;
  if ((first & 0x80) === 0) {
    const plain = plainOctal(block, offset, length);
    if (plain !== null) return plain;
    const digits = /^[ \0]*([0-7]*)[ \0]*/.exec(block.toString('latin1', offset, offset + length));
    // Behind the terminator anything may stand, but nothing else between the digits.
    if (digits === null || (digits[0].length < length && !/[ \0]$/.test(digits[0]))) {
      throw problems.damaged('number that is not octal');
    }
    return digits[1] ? Number.parseInt(digits[1], 8) : 0;
  }
  // The mark is the first bit for positive numbers, all of the first byte for negative ones.
  let value = first === 0xff ? -1n : BigInt(first & 0x7f);
  for (let index = 1; index < length; index++) value = (value << 8n) | BigInt(block[offset + index] ?? 0);
  return Number(value);
}

/** What nearly all programs write: digits up to the last byte, which ends them. */
function plainOctal(block: Buffer, offset: number, length: number): number | null {
  let value = 0;
  for (let index = offset; index < offset + length - 1; index++) {
    const digit = (block[index] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) return null;
    value = value * 8 + digit;
  }
  const last = block[offset + length - 1];
  return last === 0 || last === 0x20 ? value : null;
}

const empty = Buffer.alloc(0);

function textField(block: Buffer, [offset, length]: readonly [number, number]): Buffer {
  if (block[offset] === 0) return empty;
  const end = block.indexOf(0, offset);
  // A copy: the block lies in a buffer that is used again.
  return Buffer.from(block.subarray(offset, end === -1 || end > offset + length ? offset + length : end));
}

function checkSum(block: Buffer, problems: ArchiveProblems): void {
  const [start, length] = fields.checksum;
  const digits = /^[ \0]*([0-7]+)[ \0]/.exec(block.toString('latin1', start, start + length))?.[1];
  const written = digits === undefined ? Number.NaN : Number.parseInt(digits, 8);
  // The field itself counts as spaces.
  let sum = length * 0x20 + sumOfBytes(block);
  for (let index = start; index < start + length; index++) sum -= block[index] ?? 0;
  if (written === sum) return;
  // Some old programs added signed bytes.
  let high = 0;
  for (const byte of block) if (byte >= 0x80) high++;
  if (written !== sum - high * 0x100) throw problems.damaged('bad header checksum');
}

const sumBytes = Buffer.alloc(blockBytes);
const sumWords = new Uint32Array(sumBytes.buffer, sumBytes.byteOffset, blockBytes / 4);

/** Adds four bytes at a time, in two pairs that cannot overflow into each other. */
function sumOfBytes(block: Buffer): number {
  block.copy(sumBytes);
  let pairs = 0;
  for (const word of sumWords) pairs += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
  return (pairs & 0xffff) + (pairs >>> 16);
}
