import type { ArchiveProblems } from '../archive-problems.ts';
import type { Meter } from '../limits.ts';
import type { SourceFile } from '../source-file.ts';

/** An entry as the central directory has it. */
export interface ZipEntry {
  /** As written; see `nameOf`. */
  readonly rawName: Buffer;
  readonly extra: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  /** Position of the local header. */
  readonly position: number;
  /** The mode if the entry was made on Unix, else null. */
  readonly unixMode: number | null;
}

/** An extra field: additional facts about an entry, by number. */
export interface ExtraField {
  readonly id: number;
  readonly data: Buffer;
}

const signatures = { entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const [endBytes, locatorBytes, end64Bytes, entryBytes] = [22, 20, 56, 46];
const maxDirectoryBytes = 512 * 1024 * 1024;
const unix = 3;

/**
 * Reads the central directory. Only archives that hold it at the one possible place are accepted: nothing may be in front
 * that the positions do not count, and nothing behind but the comment.
 *
 * @throws AppError `archive-damaged`, `archive-limit`
 * @see PKWARE APPNOTE.TXT 6.3.10, sections 4.3 to 4.5
 */
export function readDirectory(source: SourceFile, meter: Meter, problems: ArchiveProblems): readonly ZipEntry[] {
  const { count, size, start } = findDirectory(source, problems);
  if (size > maxDirectoryBytes) throw problems.limit(`${maxDirectoryBytes} bytes of directory`);
  if (count > meter.limits.entries) throw problems.limit(`${meter.limits.entries} entries`);
  // A copy: names are used while the source is read further.
  const directory = Buffer.from(source.read(start, size));
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + entryBytes > size || directory.readUInt32LE(at) !== signatures.entry) {
      throw problems.damaged('malformed central directory');
    }
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const nameEnd = at + entryBytes + nameBytes;
    const end = nameEnd + extraBytes + directory.readUInt16LE(at + 32);
    if (end > size) throw problems.damaged('malformed central directory');
    const extra = directory.subarray(nameEnd, nameEnd + extraBytes);
    const madeBy = directory.readUInt16LE(at + 4) >> 8;
    entries.push({
      rawName: directory.subarray(at + entryBytes, nameEnd),
      extra,
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      unixMode: madeBy === unix ? directory.readUInt16LE(at + 40) : null,
      ...largeNumbers(directory.subarray(at, nameEnd), extra, problems),
    });
    at = end;
  }
  if (at !== size) throw problems.damaged('malformed central directory');
  checkOverlap(entries, start, problems);
  return entries;
}

/** Splits extra fields. What is cut off is left out, as the common programs do. */
export function extraFields(extra: Buffer): readonly ExtraField[] {
  const fields: ExtraField[] = [];
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (end > extra.length) break;
    fields.push({ id: extra.readUInt16LE(at), data: extra.subarray(at + 4, end) });
    at = end;
  }
  return fields;
}

interface DirectoryPlace {
  readonly count: number;
  readonly size: number;
  readonly start: number;
}

function findDirectory(source: SourceFile, problems: ArchiveProblems): DirectoryPlace {
  const tailBytes = Math.min(source.sizeBytes, endBytes + 0xffff);
  const tailStart = source.sizeBytes - tailBytes;
  const tail = Buffer.from(source.read(tailStart, tailBytes));
  let at = tailBytes - endBytes;
  // The comment must fill the rest exactly, so that there is one answer to where the directory is.
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === signatures.end && at + endBytes + tail.readUInt16LE(at + 20) === tailBytes)
  ) {
    at--;
  }
  if (at < 0) throw problems.damaged('no central directory at the end');
  let place: DirectoryPlace = {
    count: tail.readUInt16LE(at + 10),
    size: tail.readUInt32LE(at + 12),
    start: tail.readUInt32LE(at + 16),
  };
  let disks = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
  let end = tailStart + at;
  if (end >= locatorBytes) {
    const locator = Buffer.from(source.read(end - locatorBytes, locatorBytes));
    if (locator.readUInt32LE(0) === signatures.locator64) {
      end = largeNumber(locator, 8, problems);
      const record = source.read(end, end64Bytes);
      if (record.readUInt32LE(0) !== signatures.end64) throw problems.damaged('malformed central directory');
      disks = [record.readUInt32LE(16), record.readUInt32LE(20)];
      place = {
        count: largeNumber(record, 32, problems),
        size: largeNumber(record, 40, problems),
        start: largeNumber(record, 48, problems),
      };
    }
  }
  if (disks.some((disk) => disk !== 0)) throw problems.damaged('part of an archive in several files');
  if (place.start + place.size !== end) throw problems.damaged('data before the first member');
  return place;
}

/** Sizes and position, which stand in an extra field if they need more than 32 bits. */
function largeNumbers(entry: Buffer, extra: Buffer, problems: ArchiveProblems) {
  const small = {
    sizeBytes: entry.readUInt32LE(24),
    packedBytes: entry.readUInt32LE(20),
    position: entry.readUInt32LE(42),
  };
  if (!Object.values(small).includes(0xffffffff)) return small;
  const large = extraFields(extra).find(({ id }) => id === 1)?.data;
  if (large === undefined) return small;
  let at = 0;
  const next = (value: number): number => {
    if (value !== 0xffffffff) return value;
    if (at + 8 > large.length) throw problems.damaged('malformed central directory');
    at += 8;
    return largeNumber(large, at - 8, problems);
  };
  // The field holds only those that do not fit, in this order.
  const sizeBytes = next(small.sizeBytes);
  const packedBytes = next(small.packedBytes);
  return { sizeBytes, packedBytes, position: next(small.position) };
}

function largeNumber(bytes: Buffer, at: number, problems: ArchiveProblems): number {
  const value = Number(bytes.readBigUInt64LE(at));
  if (!Number.isSafeInteger(value)) throw problems.damaged('impossible size');
  return value;
}

/** Entries that share their data make small archives with huge contents. */
function checkOverlap(entries: readonly ZipEntry[], directoryStart: number, problems: ArchiveProblems): void {
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.position - b.position)) {
    if (entry.position < end) throw problems.damaged('members that overlap');
    end = entry.position + 30 + entry.rawName.length + entry.packedBytes;
  }
  if (end > directoryStart) throw problems.damaged('members that overlap');
}
