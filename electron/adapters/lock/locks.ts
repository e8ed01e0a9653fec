import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LockPort } from '../../core/ports/lock.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { createQueues } from '../files.ts';

/** Between two looks whether a lock has become free. */
const pollMs = 25;

/** The work under a lock takes milliseconds; one this old belongs to a process that hangs, or to another computer. */
const staleMs = 60_000;

/**
 * Locks as files. A lock appears with its content (the process's number) in one step, by a link, so that nobody sees one
 * without an owner; one whose owner is gone is first renamed away by exactly one of those who wait.
 *
 * @param directory made on demand, mode 0700
 */
export function createLocks(directory: string): LockPort {
  // Those of one process wait for each other without looking at files.
  const inTurn = createQueues();

  async function acquire(path: string, signal: AbortSignal | undefined): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const own = `${path}.${randomUUID()}`;
    await writeFile(own, String(process.pid), { mode: 0o600, flag: 'wx' });
    try {
      while (!(await tryLink(own, path))) {
        if (signal?.aborted === true) throw new AppError('cancelled', {});
        if (await isAbandoned(path)) await takeAway(path);
        else await delay(pollMs);
      }
    } finally {
      await unlink(own);
    }
  }

  async function locked<T>(name: string, work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const path = join(directory, `${createHash('sha256').update(name).digest('hex')}.lock`);
    try {
      await acquire(path, signal);
    } catch (error) {
      throw toFileError(error, directory);
    }
    try {
      return await work();
    } finally {
      await rm(path, { force: true });
    }
  }

  return {
    withLock: (name, work, signal) =>
      inTurn(name, () => {
        if (signal?.aborted === true) throw new AppError('cancelled', {});
        return locked(name, work, signal);
      }),
  };
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const [content, stats] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    return !isAlive(Number(content)) || Date.now() - stats.mtimeMs > staleMs;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Of several who want to, one renames it; the others find that it is gone. Who was so slow that another took the lock
 * meanwhile puts it back.
 */
async function takeAway(path: string): Promise<void> {
  const away = `${path}.${randomUUID()}`;
  try {
    await rename(path, away);
    if (!(await isAbandoned(away))) await tryLink(away, path);
    await unlink(away);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
