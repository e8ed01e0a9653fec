import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { compareBytes } from '../../core/byte-order.ts';
import { escapeName, unescapeName } from '../../core/feed/names.ts';
import { sha256Hex } from '../../core/sha256.ts';
import type { FeedCachePort, FeedLocks } from '../../core/ports/feed-cache.ts';
import { settingsFileName } from '../config/preference-files.ts';
import {
  changedAt,
  createQueues,
  isAbsence,
  type NamedFiles,
  pathsOf,
  readFirstFile,
  touchFile,
  writeFileAtomically,
} from '../files.ts';
import { toFileError } from '../file-error.ts';
import { withLockFile } from '../lock-file.ts';
import type { Paths } from '../paths.ts';
import { createFeedValidators } from './feed-validators.ts';

const folder = 'interfaces';

/** Where remote feeds may be cached, the user's cache first. */
export function cachedFeeds(cache: readonly string[]): readonly NamedFiles[] {
  return cache.map((directory) => ({ folder: join(directory, folder), fileName: escapeName }));
}

/**
 * The reference's feed cache. It is read in all cache directories and written in the user's.
 *
 * @see trust-and-download.md 5.4
 */
export function createFeedCache(paths: Pick<Paths, 'cache'>): FeedCachePort & FeedLocks {
  const { cache } = paths;
  const [own = ''] = cache;
  const queue = createQueues();
  const attemptPath = (directory: string, url: string): string =>
    join(directory, 'injector', 'last-check-attempt', settingsFileName(url));
  const known = createFeedValidators(join(own, 'injector', 'zerodesk-validators'));
  const read = async (url: string): Promise<Uint8Array | null> =>
    (await readFirstFile(pathsOf(cachedFeeds(cache), url)))?.bytes ?? null;
  return {
    read,
    async validators(url) {
      const bytes = await read(url);
      return bytes === null ? null : known.read(url, bytes);
    },
    setValidators: (url, bytes, validators) => known.write(url, bytes, validators),
    async write(url, bytes) {
      checkLength(url);
      await writeFileAtomically(join(own, folder, escapeName(url)), bytes, 0o644);
    },
    async list() {
      const names = await Promise.all(cache.map((directory) => listNames(join(directory, folder))));
      const urls = names
        .flat()
        .map(unescapeName)
        .filter((name) => /^https?:\/\//.test(name));
      return [...new Set(urls)].sort(compareBytes);
    },
    async lastAttempt(url) {
      for (const directory of cache) {
        const at = await changedAt(attemptPath(directory, url));
        if (at !== null) return at;
      }
      return null;
    },
    async touchAttempt(url) {
      checkLength(url);
      await touchFile(attemptPath(own, url), 0o600);
    },
    exclusively(url, action) {
      const name = sha256Hex(url);
      const path = join(own, 'injector', 'zerodesk-locks', name);
      return queue(name, () => withLockFile(path, action));
    },
  };
}

async function listNames(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if (isAbsence(error)) return [];
    throw toFileError(error, directory);
  }
}

function checkLength(url: string): void {
  if (escapeName(url).length > 255) throw new AppError('bad-url', { url, reason: 'too long to be stored' });
}
