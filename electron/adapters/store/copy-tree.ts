import * as fs from 'node:fs';
import { manifestName } from '../../core/manifest/tree.ts';
import { errorCode, toFileError } from '../file-error.ts';
import type { Pace } from '../tree/pace.ts';
import { listDirectory, readFlags, wholeSeconds } from './read-tree.ts';
import { TreeProblem, type FileFacts, type TreeWriter } from '../tree/tree-writer.ts';

const chunkBytes = 1024 * 1024;

/** What to copy and where to. */
export interface CopyRequest {
  /** An implementation, or another directory. */
  readonly directory: string;
  /** Path inside it by the rules of recipes; null for everything. */
  readonly source: string | null;
  /** Path in the tree, empty for the top. */
  readonly target: string;
  /** Whether a top-level `.manifest` only describes the directory, as in a store. */
  readonly leavesOutManifest: boolean;
}

/**
 * Copies a file or directory into a tree: contents, times, execute bits and links, nothing else. Links are not followed.
 *
 * @throws TreeProblem if the source is not there, goes through a link, or holds what no store may
 */
export async function copyTree(request: CopyRequest, tree: TreeWriter, pace: Pace): Promise<void> {
  const copier = new Copier(tree, pace);
  try {
    // Only what is inside may not be reached through links.
    const top = fs.realpathSync(request.directory);
    const source = request.source === null ? top : findSource(top, request.source);
    const stat = fs.lstatSync(source, { bigint: true });
    if (!stat.isDirectory()) {
      if (!stat.isFile()) throw new TreeProblem(source, 'not a regular file or directory');
      await copier.file(source, request.target);
      return;
    }
    if (request.target !== '') tree.directory(request.target, wholeSeconds(stat.mtimeNs));
    await copier.contents(source, request.target, request.leavesOutManifest ? manifestName : null);
  } catch (error) {
    throw isDiskFull(error) ? error : toFileError(error, request.directory);
  }
}

/**
 * Copies one file into a tree with a time and execute bit of its own.
 *
 * @throws TreeProblem, and errors of files
 */
export async function copyFile(
  { source, target, facts }: { readonly source: string; readonly target: string; readonly facts: FileFacts },
  tree: TreeWriter,
  pace: Pace,
): Promise<void> {
  try {
    // A person may keep the file elsewhere and have a link here.
    await new Copier(tree, pace).file(fs.realpathSync(source), target, facts);
  } catch (error) {
    throw isDiskFull(error) ? error : toFileError(error, source);
  }
}

/** That is the fault of the target, which the caller knows. */
function isDiskFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');
}

function findSource(directory: string, value: string): string {
  if (value.startsWith('/')) throw new TreeProblem(value, 'is absolute');
  let place = directory;
  for (const part of value.split('/')) {
    if (part === '..' || part.includes('\\')) throw new TreeProblem(value, 'has .. or a backslash in it');
    if (part === '' || part === '.') continue;
    place = `${place}/${part}`;
    const stat = fs.lstatSync(place, { throwIfNoEntry: false });
    if (stat === undefined) throw new TreeProblem(value, 'does not exist');
    if (stat.isSymbolicLink()) throw new TreeProblem(value, 'goes through a symbolic link');
  }
  return place;
}

class Copier {
  readonly #tree: TreeWriter;
  readonly #pace: Pace;
  readonly #buffer = Buffer.allocUnsafe(chunkBytes);

  constructor(tree: TreeWriter, pace: Pace) {
    this.#tree = tree;
    this.#pace = pace;
  }

  /** @param leftOut name that is not copied */
  async contents(source: string, target: string, leftOut: string | null): Promise<void> {
    for (const item of listDirectory(source)) {
      if (item.name === leftOut) continue;
      const from = `${source}/${item.name}`;
      const to = target === '' ? item.name : `${target}/${item.name}`;
      if (item.isFile()) await this.file(from, to);
      else if (item.isSymbolicLink()) this.#tree.link(to, fs.readlinkSync(from, 'buffer'));
      else if (item.isDirectory()) {
        this.#tree.directory(to, wholeSeconds(fs.lstatSync(from, { bigint: true }).mtimeNs));
        await this.contents(from, to, null);
      } else throw new TreeProblem(from, 'not a regular file, directory or symbolic link');
    }
  }

  /** @param facts those of the source if left out */
  async file(source: string, target: string, facts?: FileFacts): Promise<void> {
    const descriptor = fs.openSync(source, readFlags);
    try {
      const stat = fs.fstatSync(descriptor, { bigint: true });
      if (!stat.isFile()) throw new TreeProblem(source, 'not a regular file');
      const own = { mtime: wholeSeconds(stat.mtimeNs), isExecutable: (stat.mode & 0o111n) !== 0n };
      const file = this.#tree.openFile(target, facts ?? own);
      let isDone = false;
      try {
        await this.#pour(descriptor, (piece) => file.write(piece));
        isDone = true;
      } finally {
        if (isDone) file.finish();
        else file.abandon();
      }
    } finally {
      fs.closeSync(descriptor);
    }
  }

  async #pour(descriptor: number, write: (piece: Buffer) => void): Promise<void> {
    for (;;) {
      const count = fs.readSync(descriptor, this.#buffer);
      this.#pace.add(count);
      if (this.#pace.isDue) await this.#pace.rest();
      if (count === 0) return;
      write(this.#buffer.subarray(0, count));
    }
  }
}
