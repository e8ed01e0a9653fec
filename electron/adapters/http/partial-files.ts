import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Validators } from '../../core/ports/http.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { validators } from './validators.ts';

/**
 * Partial downloads, kept so that they can be continued.
 *
 * At rest a download is `KEY.part`, with what is needed to continue it in `KEY.json`. Who works on it first renames it to
 * a name of its own (`KEY.PID-N.part`), so two processes never write into one file, and no lock can be left behind: the
 * file of a process that has ended is taken over by the next one.
 */
export interface PartialFiles {
  /** Takes the partial file of a download, or begins an empty one. */
  claim(key: string): Promise<Partial>;
  /** Bytes of a download at rest that can be continued; 0 if there is none. */
  keptBytes(key: string): Promise<number>;
}

export interface Partial {
  readonly path: string;
  /** Bytes that are there. */
  readonly sizeBytes: number;
  readonly validator: Validators | null;
  /** To be called before the first byte of a new beginning is written. */
  setValidator(validator: Validators | null): Promise<void>;
  /** Puts it back for a later attempt; without a validator it is of no use and goes away. */
  release(): Promise<void>;
  /** Removes it. */
  remove(): Promise<void>;
}

let claims = 0;

/**
 * Keeps partial files in a directory, which is made on demand and is nobody else's business (mode 0700).
 *
 * @param ageMs files untouched for longer are thrown away, once per process
 */
export function createPartialFiles(directory: string, ageMs: number): PartialFiles {
  let prepared: Promise<void> | null = null;

  async function prepare(): Promise<void> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const oldest = Date.now() - ageMs;
    for (const name of await readdir(directory)) {
      const path = join(directory, name);
      const stats = await stat(path).catch(() => null);
      if (stats?.isFile() === true && stats.mtimeMs < oldest) await rm(path, { force: true });
    }
  }

  /** The base name at rest, or that of a process that is gone. */
  async function claimable(key: string): Promise<readonly string[]> {
    const pattern = new RegExp(`^(${key}(?:\\.([0-9]+)-[0-9]+)?)\\.part$`);
    const names = await readdir(directory);
    return names.flatMap((name) => {
      const [, base, pid] = pattern.exec(name) ?? [];
      return base === undefined || (pid !== undefined && isAlive(Number(pid))) ? [] : [base];
    });
  }

  async function claim(key: string): Promise<Partial> {
    prepared ??= prepare();
    try {
      await prepared;
    } catch (error) {
      prepared = null;
      throw error;
    }
    claims += 1;
    const own = join(directory, `${key}.${process.pid}-${claims}`);
    for (const base of await claimable(key)) {
      if (!(await move(join(directory, `${base}.part`), `${own}.part`))) continue;
      const hasValidator = await move(join(directory, `${base}.json`), `${own}.json`);
      const { size } = await stat(`${own}.part`);
      return toPartial(own, join(directory, key), size, hasValidator ? await readValidator(`${own}.json`) : null);
    }
    await writeFile(`${own}.part`, '', { mode: 0o600, flag: 'wx' });
    return toPartial(own, join(directory, key), 0, null);
  }

  return {
    async claim(key) {
      try {
        return await claim(key);
      } catch (error) {
        throw toFileError(error, directory);
      }
    },
    async keptBytes(key) {
      const size = async (name: string): Promise<number> => (await stat(join(directory, name))).size;
      try {
        const [bytes] = await Promise.all([size(`${key}.part`), size(`${key}.json`)]);
        return bytes;
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return 0;
        throw toFileError(error, directory);
      }
    },
  };
}

// eslint-disable-next-line @typescript-eslint/max-params -- private, and the four are what a partial file is
function toPartial(own: string, atRest: string, sizeBytes: number, found: Validators | null): Partial {
  let validator = found;
  async function remove(): Promise<void> {
    await rm(`${own}.part`, { force: true });
    await rm(`${own}.json`, { force: true });
  }
  return {
    path: `${own}.part`,
    sizeBytes,
    validator: found,
    async setValidator(next) {
      validator = next;
      if (next === null) await rm(`${own}.json`, { force: true });
      else await writeFile(`${own}.json`, JSON.stringify(next), { mode: 0o600 });
    },
    async release() {
      if (validator === null) await remove();
      // The description first: a file without one cannot be continued, a description without a file harms nobody.
      else if (await move(`${own}.json`, `${atRest}.json`)) await move(`${own}.part`, `${atRest}.part`);
      else await remove();
    },
    remove,
  };
}

async function readValidator(path: string): Promise<Validators | null> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { etag, lastModified } = value as Record<string, unknown>;
    return validators(etag, lastModified);
  } catch {
    return null;
  }
}

async function move(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
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
