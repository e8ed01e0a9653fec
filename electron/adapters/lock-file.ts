import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../shared/errors/app-error.ts';
import { errorCode, toFileError } from './file-error.ts';

/** How long to wait for another process, and after which time one that still lives must have lost its way. */
export interface LockTimes {
  readonly waitMs: number;
  readonly staleMs: number;
  readonly pollMs: number;
}

const usualTimes: LockTimes = { waitMs: 60_000, staleMs: 300_000, pollMs: 25 };

/**
 * Runs an action while holding a lock between processes: a file that only one can create. A lock whose process has ended
 * is taken over. Callers in one process queue by themselves.
 *
 * @throws AppError `file-failed` if the lock does not become free, `permission-denied`, `disk-full`
 */
export async function withLockFile<T>(path: string, action: () => Promise<T>, times = usualTimes): Promise<T> {
  const content = `${process.pid} ${randomBytes(8).toString('hex')}\n`;
  await acquire(path, content, times);
  try {
    return await action();
  } finally {
    // If somebody thought us dead, the file is theirs.
    if ((await readLock(path)) === content) await rm(path, { force: true });
  }
}

async function acquire(path: string, content: string, times: LockTimes): Promise<void> {
  const attempts = Math.max(1, Math.ceil(times.waitMs / times.pollMs));
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (await tryCreate(path, content)) return;
    const holder = await readLock(path);
    if (holder !== null && (await isAbandoned(path, holder, times))) await takeAway(path);
    else await delay(times.pollMs);
  }
  throw new AppError('file-failed', { path, reason: 'another program keeps it locked' });
}

async function tryCreate(path: string, content: string): Promise<boolean> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(content);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw toFileError(error, path);
  }
}

async function readLock(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw toFileError(error, path);
  }
}

async function isAbandoned(path: string, holder: string, times: LockTimes): Promise<boolean> {
  const pid = Number.parseInt(holder, 10);
  // An empty file is one that is just being written, or whose writer died in between: its age decides.
  if (Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid)) return true;
  try {
    return Date.now() - (await stat(path)).mtimeMs > times.staleMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw toFileError(error, path);
  }
}

/** By renaming, so that of several who find it abandoned only one removes it. */
async function takeAway(path: string): Promise<void> {
  const away = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, away);
    await rm(away, { force: true });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw toFileError(error, path);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
