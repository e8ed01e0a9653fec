import * as fs from 'node:fs';
import { createHash, type Hash } from 'node:crypto';
import type { HashName } from '../../core/manifest/digest-name.ts';
import type { TreeDirectory, TreeFile, TreeLink } from '../../core/manifest/tree.ts';
import { errorCode } from '../file-error.ts';
import { hashHex } from './hashing.ts';

/** A directory that is being filled. */
export interface WrittenDirectory extends TreeDirectory {
  readonly entries: Map<string, WrittenEntry>;
  /** The step that made it. */
  readonly step: number;
}

/** What is in a tree that is being filled. */
export type WrittenEntry =
  WrittenDirectory | (TreeFile & { readonly step: number }) | (TreeLink & { readonly step: number });

/** Time and execute bit of a file; all other properties are the store's. */
export interface FileFacts {
  /** Whole seconds since 1970. */
  readonly mtime: number;
  readonly isExecutable: boolean;
}

/** Something that may not be put where it was asked to be. Callers say in whose name. */
export class TreeProblem extends Error {
  /** Inside the tree. */
  readonly path: string;
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`${path}: ${reason}`);
    this.name = 'TreeProblem';
    this.path = path;
    this.reason = reason;
  }
}

const { O_WRONLY, O_CREAT, O_EXCL } = fs.constants;
const createFlags = O_WRONLY | O_CREAT | O_EXCL | ((fs.constants.O_NOFOLLOW as number | undefined) ?? 0);
const zeros = Buffer.alloc(256 * 1024);

/**
 * Fills an empty directory that nobody else can enter, and hashes what it writes, so that each byte is touched once.
 *
 * It remembers everything it made. A directory that it knows was made by `mkdir` is no link, so no check of the disk is
 * needed to be sure that nothing is ever written, read or removed through a link. Files are created exclusively; what a
 * new entry replaces is unlinked first. Directories stay writable until `finish`.
 *
 * All paths are relative with `/` between names, without empty, `.` and `..` components: callers see to that.
 */
export class TreeWriter {
  readonly rootPath: string;
  readonly hash: HashName;
  readonly tree: WrittenDirectory = { type: 'directory', mtime: 0, entries: new Map(), step: 0 };
  /** Files and links made so far. */
  leafCount = 0;
  /** By path; emptied when a directory moves or goes. */
  readonly #directories = new Map<string, WrittenDirectory>([['', this.tree]]);
  readonly #times = new Map<string, number>();
  readonly #keepsMode = new Map<boolean, boolean>();
  #step = 0;
  #mayChangeType = false;

  constructor(rootPath: string, hash: HashName) {
    this.rootPath = rootPath;
    this.hash = hash;
  }

  /**
   * Begins a step of a recipe. What an earlier step made is only replaced by its like.
   *
   * @param mayChangeType whether within the step a leaf may take the place of an empty directory, and a directory that of
   *   a leaf, as in one tar archive
   */
  beginStep(mayChangeType: boolean): void {
    this.#step++;
    this.#mayChangeType = mayChangeType;
  }

  /** Gives the directories of this step their times, which filling them has changed. */
  endStep(): void {
    for (const [path, mtime] of this.#times) {
      if (this.find(path)?.type === 'directory') fs.utimesSync(this.#place(path), toTime(mtime), toTime(mtime));
    }
    this.#times.clear();
  }

  /** What is at a path; no link is followed. */
  find(path: string): WrittenEntry | undefined {
    const known = this.#directories.get(path);
    if (known !== undefined) return known;
    let entry: WrittenEntry | undefined = this.tree;
    for (const name of path.split('/')) {
      entry = entry?.type === 'directory' ? entry.entries.get(name) : undefined;
    }
    return entry;
  }

  /** Makes a directory and the missing ones above it. @param mtime null leaves the time alone */
  directory(path: string, mtime: number | null): WrittenDirectory {
    const existing = this.find(path);
    let directory: WrittenDirectory;
    if (existing?.type === 'directory') directory = existing;
    else {
      if (existing !== undefined) {
        if (!this.#mayReplaceType(existing)) throw new TreeProblem(path, 'a directory where a file or link is');
        fs.unlinkSync(this.#place(path));
        this.#detach(path);
      }
      directory = this.#makeDirectory(path);
    }
    if (mtime !== null && path !== '') this.#times.set(path, mtime);
    return directory;
  }

  /** Writes a file that is at hand as a whole. */
  file(path: string, facts: FileFacts, data: Uint8Array): void {
    const parent = this.#makeRoom(path);
    const descriptor = this.#create(path, facts.isExecutable);
    try {
      writeAll(descriptor, data, null);
      this.#setTime(descriptor, path, facts.mtime);
    } finally {
      fs.closeSync(descriptor);
    }
    const { mtime, isExecutable } = facts;
    parent.entries.set(leafOf(path), {
      type: 'file',
      hash: hashHex(this.hash, data),
      mtime,
      sizeBytes: data.length,
      isExecutable,
      step: this.#step,
    });
    this.leafCount++;
  }

  /** Begins a file that comes in pieces. It must be closed. */
  openFile(path: string, facts: FileFacts): OpenFile {
    this.#makeRoom(path);
    const descriptor = this.#create(path, facts.isExecutable);
    return new OpenFile(descriptor, this.hash, (hash, sizeBytes) => {
      this.#setTime(descriptor, path, facts.mtime);
      this.#attach(path, { type: 'file', hash, sizeBytes, ...facts, step: this.#step });
    });
  }

  /** Makes a symbolic link. Its target may be anything. */
  link(path: string, target: Uint8Array): void {
    this.#makeRoom(path);
    fs.symlinkSync(Buffer.from(target), this.#place(path));
    const hash = hashHex(this.hash, target);
    this.#attach(path, { type: 'link', hash, sizeBytes: target.length, step: this.#step });
  }

  /** Gives a file or link of the tree a second name. */
  hardLink(path: string, existing: string): void {
    const entry = this.find(existing);
    if (entry === undefined) throw new TreeProblem(path, `hard link to ‘${existing}’, which is not there`);
    if (entry.type === 'directory') throw new TreeProblem(path, 'hard link to a directory');
    if (path === existing) return;
    if (entry.type === 'link') {
      this.link(path, fs.readlinkSync(this.#place(existing), 'buffer'));
      return;
    }
    this.#makeRoom(path);
    try {
      fs.linkSync(this.#place(existing), this.#place(path));
    } catch (error) {
      // Some file systems have no hard links, and all have a limit.
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error;
      this.#copy(existing, path, entry);
    }
    this.#attach(path, { ...entry, step: this.#step });
  }

  /** Moves a file or directory as rename(2) does: onto nothing, a file onto a file, a directory onto an empty one. */
  rename(source: string, target: string): void {
    const entry = this.find(source);
    if (entry === undefined) throw new TreeProblem(source, 'does not exist');
    if (source === target) return;
    if (`${target}/`.startsWith(`${source}/`)) throw new TreeProblem(target, 'is inside what would be moved');
    const there = this.find(target);
    if (there !== undefined) {
      if (there.type === 'directory' && entry.type !== 'directory') throw new TreeProblem(target, 'is a directory');
      if (there.type !== 'directory' && entry.type === 'directory') throw new TreeProblem(target, 'is not a directory');
      if (there.type === 'directory' && there.entries.size > 0) throw new TreeProblem(target, 'is not empty');
    }
    this.#parentOf(target);
    fs.renameSync(this.#place(source), this.#place(target));
    this.#detach(source);
    if (there !== undefined) this.#detach(target);
    this.#attach(target, entry);
  }

  /** Deletes an entry with everything in it. */
  remove(path: string): void {
    const entry = this.find(path);
    if (entry === undefined) throw new TreeProblem(path, 'does not exist');
    // The entries were made here, and no link is followed by `rmSync`.
    fs.rmSync(this.#place(path), { recursive: true });
    this.#detach(path);
  }

  /** Makes all directories but the top read-only. Nothing can be added afterwards. */
  finish(): void {
    const walk = (directory: WrittenDirectory, place: string): void => {
      for (const [name, entry] of directory.entries) {
        if (entry.type !== 'directory') continue;
        walk(entry, `${place}/${name}`);
        fs.chmodSync(`${place}/${name}`, 0o555);
      }
    };
    walk(this.tree, this.rootPath);
  }

  #place(path: string): string {
    return path === '' ? this.rootPath : `${this.rootPath}/${path}`;
  }

  #mayReplaceType(existing: WrittenEntry): boolean {
    return this.#mayChangeType && existing.step === this.#step;
  }

  #parentOf(path: string): WrittenDirectory {
    const parentPath = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const known = this.#directories.get(parentPath);
    if (known !== undefined) return known;
    const parent = this.find(parentPath);
    if (parent === undefined) return this.#makeDirectory(parentPath);
    if (parent.type === 'directory') {
      this.#directories.set(parentPath, parent);
      return parent;
    }
    throw new TreeProblem(path, parent.type === 'link' ? 'goes through a symbolic link' : 'goes through a file');
  }

  #makeDirectory(path: string): WrittenDirectory {
    const parent = this.#parentOf(path);
    try {
      fs.mkdirSync(this.#place(path), 0o755);
    } catch (error) {
      throw sameName(error, path);
    }
    const directory: WrittenDirectory = { type: 'directory', mtime: 0, entries: new Map(), step: this.#step };
    parent.entries.set(leafOf(path), directory);
    this.#directories.set(path, directory);
    return directory;
  }

  /** Sees to it that the parent exists and nothing has the name. @returns the parent */
  #makeRoom(path: string): WrittenDirectory {
    const parent = this.#parentOf(path);
    const existing = parent.entries.get(leafOf(path));
    if (existing === undefined) return parent;
    if (existing.type !== 'directory') fs.unlinkSync(this.#place(path));
    else {
      if (!this.#mayReplaceType(existing)) throw new TreeProblem(path, 'a file or link where a directory is');
      if (existing.entries.size > 0) throw new TreeProblem(path, 'a file or link where a directory with contents is');
      fs.rmdirSync(this.#place(path));
    }
    this.#detach(path);
    return parent;
  }

  /** Makes a file where `#makeRoom` has made room. */
  #create(path: string, isExecutable: boolean): number {
    const mode = isExecutable ? 0o555 : 0o444;
    let descriptor: number;
    try {
      descriptor = fs.openSync(this.#place(path), createFlags, mode);
    } catch (error) {
      throw sameName(error, path);
    }
    try {
      // The umask is the same for all, so one look at the first file saves a call for each of the others.
      const keepsMode = this.#keepsMode.get(isExecutable) ?? (fs.fstatSync(descriptor).mode & 0o7777) === mode;
      this.#keepsMode.set(isExecutable, keepsMode);
      if (!keepsMode) fs.fchmodSync(descriptor, mode);
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
    return descriptor;
  }

  #setTime(descriptor: number, path: string, mtime: number): void {
    fs.futimesSync(descriptor, toTime(mtime), toTime(mtime));
    if (mtime >= 0 && mtime < 2 ** 31) return;
    // Outside that range file systems silently store another time, and the tree would no longer match its manifest.
    const kept = fs.fstatSync(descriptor, { bigint: true }).mtimeNs;
    if (kept !== BigInt(mtime) * 1_000_000_000n) throw new TreeProblem(path, 'a time that the file system cannot hold');
  }

  #copy(source: string, target: string, entry: TreeFile): void {
    fs.copyFileSync(this.#place(source), this.#place(target), fs.constants.COPYFILE_EXCL);
    fs.chmodSync(this.#place(target), entry.isExecutable ? 0o555 : 0o444);
    fs.utimesSync(this.#place(target), toTime(entry.mtime), toTime(entry.mtime));
  }

  #attach(path: string, entry: WrittenEntry): void {
    this.#parentOf(path).entries.set(leafOf(path), entry);
    if (entry.type !== 'directory') this.leafCount++;
  }

  #detach(path: string): void {
    const parent = this.#parentOf(path);
    const entry = parent.entries.get(leafOf(path));
    parent.entries.delete(leafOf(path));
    if (entry?.type === 'directory') {
      this.#directories.clear();
      this.#directories.set('', this.tree);
    }
  }
}

/** A file that is being written in pieces. */
export class OpenFile {
  readonly #descriptor: number;
  readonly #hash: Hash;
  readonly #onFinish: (hash: string, sizeBytes: number) => void;
  #sizeBytes = 0;
  #endsInHole = false;

  constructor(descriptor: number, hash: HashName, onFinish: (hash: string, sizeBytes: number) => void) {
    this.#descriptor = descriptor;
    this.#hash = createHash(hash);
    this.#onFinish = onFinish;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  write(data: Uint8Array): void {
    if (data.length === 0) return;
    writeAll(this.#descriptor, data, this.#sizeBytes);
    this.#hash.update(data);
    this.#sizeBytes += data.length;
    this.#endsInHole = false;
  }

  /** Leaves a hole, which reads as zeros. */
  skip(count: number): void {
    for (let rest = count; rest > 0; rest -= zeros.length) this.#hash.update(zeros.subarray(0, rest));
    this.#sizeBytes += count;
    this.#endsInHole = count > 0 || this.#endsInHole;
  }

  /** Makes the file part of the tree. */
  finish(): void {
    try {
      if (this.#endsInHole) fs.ftruncateSync(this.#descriptor, this.#sizeBytes);
      this.#onFinish(this.#hash.digest('hex'), this.#sizeBytes);
    } finally {
      fs.closeSync(this.#descriptor);
    }
  }

  /** Gives up; the tree will be thrown away. */
  abandon(): void {
    fs.closeSync(this.#descriptor);
  }
}

function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Node takes negative numbers for the present. */
function toTime(seconds: number): number | Date {
  return seconds < 0 ? new Date(seconds * 1000) : seconds;
}

function writeAll(descriptor: number, data: Uint8Array, position: number | null): void {
  for (let done = 0; done < data.length;) {
    const place = position === null ? null : position + done;
    done += fs.writeSync(descriptor, data, done, data.length - done, place);
  }
}

/** All names are known, so one that is taken differs from another only in what the file system does not tell apart. */
function sameName(error: unknown, path: string): unknown {
  if (errorCode(error) !== 'EEXIST') return error;
  return new TreeProblem(path, 'the file system cannot tell its name from another one');
}
