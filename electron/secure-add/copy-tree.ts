import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { HashName } from '../core/manifest/digest-name.ts';
import { sortNames } from '../core/manifest/entry-name.ts';
import type { TreeDirectory, TreeEntry, TreeFile, TreeLink } from '../core/manifest/tree.ts';
import type { Contents } from './contents.ts';
import { Refusal } from './refusal.ts';

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = fs.constants;
/** How long the copy may go on before signals get a turn, milliseconds. */
const turnMs = 25;

/** On all file systems of Linux. */
const maxNameBytes = 255;
/** Seconds before and after 1970 that a `Date` can hold. */
const maxTime = 8e12;

/** What `copyTree` needs. */
export interface Copying {
  /** What the manifest lists. */
  readonly tree: TreeDirectory;
  readonly hash: HashName;
  readonly contents: Contents;
  /** An empty directory that nobody else may enter. */
  readonly place: string;
  /** Throws when the work is to end. */
  readonly check: () => void;
}

/**
 * Copies what the manifest lists, and nothing else, and compares the hash of the bytes that are written.
 *
 * @throws Refusal `digest`, and what the contents throw
 */
export async function copyTree(copying: Copying): Promise<void> {
  await new Copier(copying).directory(copying.tree, copying.place, '');
}

class Copier {
  readonly #copying: Copying;
  #turnEndsAt = performance.now() + turnMs;

  constructor(copying: Copying) {
    this.#copying = copying;
  }

  async directory(directory: TreeDirectory, place: string, path: string): Promise<void> {
    const children: [string, TreeDirectory][] = [];
    for (const [name, entry] of inOrder(directory)) {
      if (Buffer.byteLength(name) > maxNameBytes) throw new Refusal('format', 'too long a name', path);
      if (entry.type === 'directory') children.push([name, entry]);
      else if (entry.type === 'link') await this.#link(entry, `${place}/${name}`, `${path}${name}`);
      else await this.#file(entry, `${place}/${name}`, `${path}${name}`);
      if (performance.now() >= this.#turnEndsAt) await this.#rest();
    }
    for (const [name, entry] of children) {
      fs.mkdirSync(`${place}/${name}`, 0o700);
      this.#copying.contents.enter(name, `${path}${name}`);
      await this.directory(entry, `${place}/${name}`, `${path}${name}/`);
      this.#copying.contents.leave();
    }
  }

  async #file(entry: TreeFile, place: string, path: string): Promise<void> {
    const { contents, hash } = this.#copying;
    const mode = entry.isExecutable ? 0o555 : 0o444;
    if (Math.abs(entry.mtime) > maxTime) throw new Refusal('format', 'a time that no file can have', path);
    const descriptor = fs.openSync(place, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode);
    try {
      const hasher = createHash(hash);
      const write = (piece: Uint8Array): void => {
        hasher.update(piece);
        for (let done = 0; done < piece.length;) done += fs.writeSync(descriptor, piece, done);
      };
      const pieces = contents.file(leafOf(path), entry.sizeBytes, path);
      if (Symbol.iterator in pieces) {
        for (const piece of pieces) {
          write(piece);
          if (performance.now() >= this.#turnEndsAt) await this.#rest();
        }
      } else for await (const piece of pieces) write(piece);
      if (hasher.digest('hex') !== entry.hash) throw new Refusal('digest', 'not the contents in the manifest', path);
      fs.fchmodSync(descriptor, mode);
      const time = new Date(entry.mtime * 1000);
      fs.futimesSync(descriptor, time, time);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  async #link(entry: TreeLink, place: string, path: string): Promise<void> {
    const { contents, hash } = this.#copying;
    const target = await contents.link(leafOf(path), entry.sizeBytes, path);
    if (createHash(hash).update(target).digest('hex') !== entry.hash) {
      throw new Refusal('digest', 'not the target in the manifest', path);
    }
    if (target.length === 0 || target.includes(0)) throw new Refusal('format', 'not the target of a link', path);
    fs.symlinkSync(Buffer.from(target), place);
  }

  async #rest(): Promise<void> {
    await setImmediate();
    this.#copying.check();
    this.#turnEndsAt = performance.now() + turnMs;
  }
}

/**
 * Lists a copy from the disk as a tree, so that its manifest can be printed again. What is not as it was written, say on a
 * file system that changes names or times, shows there.
 *
 * @param written what was copied: hashes of contents were made while writing, and nobody else can write there
 */
export function relist(place: string, written: TreeDirectory): TreeDirectory {
  const entries = new Map<string, TreeEntry>();
  for (const name of fs.readdirSync(place)) {
    const child = `${place}/${name}`;
    const stat = fs.lstatSync(child, { bigint: true });
    const known = written.entries.get(name);
    if (stat.isDirectory() && known?.type === 'directory') entries.set(name, relist(child, known));
    else if (stat.isFile() && known?.type === 'file') {
      const isExact = stat.nlink === 1n && stat.mtimeNs % 1_000_000_000n === 0n;
      const mode = Number(stat.mode & 0o7777n);
      if (!isExact || (mode !== 0o444 && mode !== 0o555))
        throw new Refusal('failed', 'the copy is not as written', name);
      entries.set(name, {
        type: 'file',
        hash: known.hash,
        mtime: Number(stat.mtimeNs / 1_000_000_000n),
        sizeBytes: Number(stat.size),
        isExecutable: mode === 0o555,
      });
    } else if (stat.isSymbolicLink() && known?.type === 'link') {
      entries.set(name, { type: 'link', hash: known.hash, sizeBytes: fs.readlinkSync(child, 'buffer').length });
    } else throw new Refusal('failed', 'the copy is not as written', name);
  }
  return { type: 'directory', mtime: 0, entries };
}

/**
 * Makes all directories read-only and waits until everything is on the disk: after a power failure, a name must not lead to
 * empty files.
 */
export function sealTree(directory: TreeDirectory, place: string): void {
  for (const [name, entry] of directory.entries) {
    if (entry.type === 'directory') sealTree(entry, `${place}/${name}`);
    else if (entry.type === 'file') flush(`${place}/${name}`);
  }
  fs.chmodSync(place, 0o555);
  flush(place);
}

/** Waits until a file, or the names in a directory, are on the disk. */
export function flush(path: string): void {
  const descriptor = fs.openSync(path, fs.constants.O_RDONLY | O_NOFOLLOW);
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function inOrder(directory: TreeDirectory): readonly (readonly [string, TreeEntry])[] {
  return sortNames([...directory.entries.keys()]).flatMap((name) => {
    const entry = directory.entries.get(name);
    return entry === undefined ? [] : [[name, entry] as const];
  });
}

function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
