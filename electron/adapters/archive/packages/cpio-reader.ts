import type { ArchiveProblems } from '../archive-problems.ts';
import type { PieceReader } from '../piece-reader.ts';

const headerBytes = 110;
const trailer = 'TRAILER!!!';

/** A member of a cpio archive; its data follow in the stream. */
export interface CpioMember {
  readonly name: Buffer;
  readonly mode: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly sizeBytes: number;
  /** Number of names. */
  readonly linkCount: number;
  /** The same for all names of one file. */
  readonly fileId: string;
}

/**
 * Reads the header of the next member in the "new ASCII" format, the only one that packages use.
 *
 * @returns null at the end of the archive
 * @throws AppError `archive-damaged`, `archive-limit`
 * @see cpio(5), "New ASCII Format"
 */
export async function readCpioHeader(
  reader: PieceReader,
  { pathBytes, problems }: { readonly pathBytes: number; readonly problems: ArchiveProblems },
): Promise<CpioMember | null> {
  const header = (await reader.take(headerBytes)).toString('latin1');
  if (!/^07070[12][0-9a-fA-F]{104}$/.test(header)) throw problems.damaged('malformed cpio header');
  const field = (index: number): number => Number.parseInt(header.slice(6 + index * 8, 14 + index * 8), 16);
  const nameBytes = field(11);
  if (nameBytes > pathBytes + 1) throw problems.limit(`path of ${pathBytes} bytes`);
  const name = await reader.take(nameBytes);
  if (name.at(-1) !== 0) throw problems.damaged('malformed cpio header');
  await reader.take(padding(headerBytes + nameBytes));
  const bare = Buffer.from(name.subarray(0, -1));
  if (bare.toString('latin1') === trailer) return null;
  return {
    name: bare,
    mode: field(1),
    mtime: field(5),
    sizeBytes: field(6),
    linkCount: field(4),
    fileId: `${field(0)} ${field(7)} ${field(8)}`,
  };
}

/** Bytes between the end of a member's data, or of a header with its name, and what comes next. */
export function padding(size: number): number {
  return (4 - (size % 4)) % 4;
}
