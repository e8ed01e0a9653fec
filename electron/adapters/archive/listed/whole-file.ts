import * as fs from 'node:fs';
import type { UnpackContext } from '../unpacker.ts';

/** Longest list of contents that a tool may print: more than a million members have. */
export const maxListBytes = 512 * 1024 * 1024;

/**
 * Gives a tool, which needs to move about in it, the path of the whole archive. What has a start offset is copied: tools
 * know of none.
 */
export async function withWholeFile<T>(context: UnpackContext, action: (path: string) => Promise<T>): Promise<T> {
  const { source, pace, makeTemporary } = context;
  await source.whole(pace);
  if (source.startOffset === 0) return action(source.path);
  const directory = makeTemporary();
  try {
    const path = `${directory}/archive`;
    const descriptor = fs.openSync(path, 'wx', 0o600);
    try {
      for await (const piece of source.passingPieces(0, source.sizeBytes, pace)) fs.writeSync(descriptor, piece);
    } finally {
      fs.closeSync(descriptor);
    }
    return await action(path);
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}
