import { createHash } from 'node:crypto';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { createGrowth, tellGrowth } from '../growth.ts';
import type { DiskSpace } from './disk-space.ts';
import { Filling, type FileRequest } from './filling.ts';
import type { Partial, PartialFiles } from './partial-files.ts';

export interface FetchedFile {
  readonly partial: Partial;
  readonly networkBytes: number;
}

/**
 * Fetches a file of exactly the announced size, continuing an earlier attempt where the server can prove that it is the
 * same file. After a failure, also of a disk that is full, the part that can be continued is kept; after a wrong size, or
 * when another file came in the middle, nothing is.
 *
 * @see trust-and-download.md 8.3, 8.4
 */
export async function fetchFile(
  { partials, space }: { readonly partials: PartialFiles; readonly space: DiskSpace },
  request: FileRequest,
): Promise<FetchedFile> {
  const { url, sizeBytes, onFile } = request;
  const partial = await partials.claim(downloadKey(url, sizeBytes));
  const growth = createGrowth(sizeBytes ?? 0);
  const verdict = { isSpoilt: false };
  const spoil = (): void => {
    verdict.isSpoilt = true;
  };
  const rest = (have: number): number => Math.max(0, (sizeBytes ?? 0) - have);
  const filling = new Filling(partial, {
    ...request,
    onSettled: (isResumed) => {
      if (sizeBytes !== null) onFile?.({ path: partial.path, growth, isResumed, spoil });
    },
    onBytes: (bytes) => {
      room?.shrink(rest(bytes));
      tellGrowth(growth, { bytes, state: 'growing' });
      request.onBytes(bytes);
    },
  });
  let room: Awaited<ReturnType<DiskSpace['reserve']>> | null = null;
  try {
    room = await space.reserve(rest(partial.sizeBytes));
    await request.tryRepeatedly(
      () => filling.receivedBytes,
      () => filling.attempt(),
    );
    // Only now is it sure that nothing follows.
    tellGrowth(growth, { bytes: filling.receivedBytes, state: 'whole' });
    return { partial, networkBytes: filling.networkBytes };
  } catch (error) {
    await filling.close();
    const isWrong = verdict.isSpoilt || isAppError(error, 'wrong-size') || isAppError(error, 'download-changed');
    await (isWrong || filling.receivedBytes === 0 ? partial.remove() : partial.release()).catch(() => {});
    tellGrowth(growth, { bytes: 0, state: 'ended' });
    throw error;
  } finally {
    await filling.close();
    room?.end();
  }
}

/** Name under which partial files of a download are kept. */
export function downloadKey(url: string, sizeBytes: number | null): string {
  return createHash('sha256')
    .update(`${url}\n${sizeBytes ?? '?'}`)
    .digest('hex');
}
