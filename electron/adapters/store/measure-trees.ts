import * as fs from 'node:fs';
import { sizeFromManifest } from '../../core/manifest/parse-manifest.ts';
import { manifestName } from '../../core/manifest/tree.ts';
import type { StoreMeasure } from '../../core/ports/store.ts';
import { errorCode, toFileError } from '../file-error.ts';
import type { Pace } from '../tree/pace.ts';

const slash = Buffer.from('/');

/** What is known of one of the trees: bytes of all files, and of those that have no name elsewhere. */
interface TreeBytes {
  walked: number;
  freed: number;
}

/** A file that has several names, and how many of them the measured trees have. */
interface SharedFile {
  readonly bytes: number;
  readonly names: number;
  readonly seen: Map<TreeBytes, number>;
}

/**
 * Measures entries of stores together. What is gone, or closed to us, counts nothing.
 *
 * @throws AppError `file-failed`, `cancelled`
 */
export async function measureTrees(
  { paths }: { readonly paths: readonly string[] },
  pace: Pace,
): Promise<StoreMeasure> {
  const meter = new Meter(pace);
  const trees: TreeBytes[] = [];
  const listed: (number | null)[] = [];
  for (const path of paths) {
    try {
      listed.push(listedBytes(path));
      trees.push(await meter.measure(path));
    } catch (error) {
      throw toFileError(error, path);
    }
  }
  const alone = trees.reduce((sum, { freed }) => sum + freed, 0);
  const shared = meter.shareOut();
  return {
    items: trees.map(({ walked, freed }, index) => ({ sizeBytes: listed[index] ?? walked, freedBytes: freed })),
    totalBytes: alone + shared.totalBytes,
    freedBytes: alone + shared.freedBytes,
  };
}

class Meter {
  readonly #pace: Pace;
  readonly #shared = new Map<string, SharedFile>();

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Counts a tree but for files with several names, which `shareOut` adds when all trees were seen. */
  async measure(path: string): Promise<TreeBytes> {
    const tree = { walked: 0, freed: 0 };
    await this.#walk(Buffer.from(path), tree);
    return tree;
  }

  /** @returns bytes of the files with several names, each once: of all, and of those with no name outside the trees */
  shareOut(): { readonly totalBytes: number; readonly freedBytes: number } {
    let totalBytes = 0;
    let freedBytes = 0;
    for (const { bytes, names, seen } of this.#shared.values()) {
      totalBytes += bytes;
      let seenNames = 0;
      for (const [tree, count] of seen) {
        seenNames += count;
        if (count >= names) tree.freed += bytes;
      }
      if (seenNames >= names) freedBytes += bytes;
    }
    return { totalBytes, freedBytes };
  }

  async #walk(path: Buffer, tree: TreeBytes): Promise<void> {
    if (this.#pace.isDue) await this.#pace.rest();
    const stat = unlessAbsent(() => fs.lstatSync(path));
    if (stat?.isFile() === true) this.#count(stat, tree);
    if (stat?.isDirectory() !== true) return;
    for (const name of unlessAbsent(() => fs.readdirSync(path, 'buffer')) ?? []) {
      await this.#walk(Buffer.concat([path, slash, name]), tree);
    }
  }

  #count({ dev, ino, nlink, size }: fs.Stats, tree: TreeBytes): void {
    tree.walked += size;
    if (nlink <= 1) {
      tree.freed += size;
      return;
    }
    const key = `${dev}:${ino}`;
    const file = this.#shared.get(key) ?? { bytes: size, names: nlink, seen: new Map<TreeBytes, number>() };
    file.seen.set(tree, (file.seen.get(tree) ?? 0) + 1);
    this.#shared.set(key, file);
  }
}

/** By the manifest, with the manifest itself; null if there is none that makes sense. */
function listedBytes(path: string): number | null {
  const manifest = `${path}/${manifestName}`;
  if (unlessAbsent(() => fs.lstatSync(manifest))?.isFile() !== true) return null;
  const bytes = unlessAbsent(() => fs.readFileSync(manifest));
  if (bytes === null) return null;
  const listed = sizeFromManifest(bytes.toString());
  return listed === null ? null : listed + bytes.length;
}

function unlessAbsent<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
