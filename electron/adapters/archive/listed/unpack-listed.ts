import { crc32 } from 'node:zlib';
import { metered } from '../limits.ts';
import { PieceReader } from '../piece-reader.ts';
import type { UnpackContext } from '../unpacker.ts';

/** A member as a tool lists it. */
export interface ListedMember {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'link' | 'foreign';
  /** Where a link leads; null if its data say that. */
  readonly target: string | null;
  readonly sizeBytes: number;
  /** Seconds since 1970; null if the archive has none. */
  readonly mtime: number | null;
  readonly isExecutable: boolean;
  readonly crc: number | null;
  /** Whether it is listed and printed, but no part of what shall be unpacked. */
  readonly isLeftOut: boolean;
}

/**
 * Unpacks what a tool lists and then prints: the contents of all members, one after the other. The tool writes no file, so
 * names and links of a hostile archive reach nothing but our own checks.
 *
 * @throws AppError `archive-damaged` if list and contents do not agree, `archive-unsafe`, `archive-limit`
 */
export async function unpackListed(
  members: readonly ListedMember[],
  contents: AsyncIterable<Buffer>,
  context: UnpackContext,
): Promise<void> {
  const { sink, meter, pace, problems } = context;
  const { linkBytes } = meter.limits;
  const reader = new PieceReader(metered(contents, context), problems);
  try {
    for (const member of members) {
      const name = Buffer.from(member.name);
      if (member.isLeftOut) {
        await reader.skip(member.sizeBytes);
        continue;
      }
      switch (member.kind) {
        case 'directory':
          sink.directory(name, member.mtime);
          break;
        case 'link':
          if (member.sizeBytes > linkBytes) throw problems.limit(`symbolic link of ${linkBytes} bytes`);
          sink.link(name, await linkTarget(reader, member));
          break;
        case 'foreign':
          sink.foreign(name, 'neither a file nor a directory nor a symbolic link');
          break;
        case 'file':
          await unpackFile(reader, member, context);
      }
      if (pace.isDue) await pace.rest();
    }
    if (!(await reader.isAtEnd())) throw problems.damaged('more data than its list says');
  } finally {
    await reader.close();
  }
}

async function linkTarget(reader: PieceReader, { sizeBytes, target }: ListedMember): Promise<Buffer> {
  const data = await reader.take(sizeBytes);
  return target === null ? data : Buffer.from(target);
}

async function unpackFile(reader: PieceReader, member: ListedMember, { sink, problems }: UnpackContext): Promise<void> {
  const name = Buffer.from(member.name);
  sink.beginFile(name, { mtime: member.mtime ?? 0, isExecutable: member.isExecutable });
  let crc = 0;
  for await (const piece of reader.portion(member.sizeBytes)) {
    crc = crc32(piece, crc);
    sink.write(piece);
  }
  if (member.crc !== null && member.crc !== crc) throw problems.damaged('wrong checksum');
  sink.endFile(name);
}
