import { statfs } from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error.ts';

/** Room on the disk of the download cache that running downloads will need. */
export interface DiskSpace {
  /**
   * Takes room for what is still to come of a download.
   *
   * @throws AppError `disk-space` if there is not that much besides what the other downloads will need
   */
  reserve(bytes: number): Promise<Reservation>;
}

export interface Reservation {
  /** What is still to come is now less. */
  readonly shrink: (bytes: number) => void;
  readonly end: () => void;
}

/** @param freeBytes for tests; otherwise the system is asked, and where it cannot tell, there is room */
export function createDiskSpace(directory: string, freeBytes = freeBytesOf): DiskSpace {
  const reserved = new Set<{ bytes: number }>();
  return {
    async reserve(bytes) {
      const own = { bytes };
      const others = [...reserved].reduce((sum, each) => sum + each.bytes, 0);
      reserved.add(own);
      const free = await freeBytes(directory);
      if (free !== null && others + bytes > free) {
        reserved.delete(own);
        throw new AppError('disk-space', {
          path: directory,
          neededBytes: bytes,
          freeBytes: Math.max(0, free - others),
        });
      }
      return {
        shrink: (rest) => (own.bytes = rest),
        end: () => reserved.delete(own),
      };
    },
  };
}

/** Bytes that a person without privileges may still write. */
async function freeBytesOf(directory: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  } catch {
    return null;
  }
}
