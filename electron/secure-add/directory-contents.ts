import * as fs from 'node:fs';
import { manifestName } from '../core/manifest/tree.ts';
import type { Contents } from './contents.ts';
import { Refusal } from './refusal.ts';

/**
 * Reads a tree that its owner may change at any moment, as the working directory is handed over by the reference's client.
 *
 * Node has no `openat`, but on Linux `/proc/self/fd/N` is the directory that is open as N, wherever it may have been moved
 * since: opening `/proc/self/fd/N/NAME` looks up one name in that directory and nothing else. So each name of the manifest
 * is opened by itself, without following a link (`O_NOFOLLOW`) and without waiting for a pipe (`O_NONBLOCK`). What counts is
 * what `fstat` says about the open file. Nothing is decided by path.
 */
export class DirectoryContents implements Contents {
  readonly #open: number[];
  readonly #buffer = Buffer.allocUnsafeSlow(256 * 1024);

  constructor(root = '.') {
    // The one path that is followed; the caller is in it, whoever may enter the directories above.
    this.#open = [openDirectory(root, '.')];
  }

  /** The bytes of `.manifest`, read once. @throws Refusal */
  manifest(maxBytes: number): Buffer {
    const descriptor = openFile(this.#at(manifestName), manifestName);
    try {
      const { size } = fs.fstatSync(descriptor);
      if (size > maxBytes) throw new Refusal('format', 'the manifest is too large');
      // One byte more than there should be, to see whether it grew.
      const bytes = Buffer.alloc(size + 1);
      const count = readFully(descriptor, bytes);
      if (count !== size) throw new Refusal('changed', 'changed while it was read', manifestName);
      return bytes.subarray(0, size);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  enter(name: string, path: string): void {
    this.#open.push(openDirectory(this.#at(name), path));
  }

  leave(): void {
    const descriptor = this.#open.pop();
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }

  *file(name: string, sizeBytes: number, path: string): Iterable<Uint8Array> {
    const descriptor = openFile(this.#at(name), path);
    try {
      if (fs.fstatSync(descriptor).size !== sizeBytes) throw new Refusal('size', 'not the size in the manifest', path);
      let left = sizeBytes;
      while (left > 0) {
        const count = fs.readSync(descriptor, this.#buffer, 0, Math.min(left, this.#buffer.length), null);
        if (count === 0) throw new Refusal('changed', 'became shorter while it was read', path);
        left -= count;
        yield this.#buffer.subarray(0, count);
      }
      // It may grow for ever: one byte is enough to know.
      if (fs.readSync(descriptor, this.#buffer, 0, 1, null) > 0) {
        throw new Refusal('changed', 'became longer while it was read', path);
      }
    } finally {
      fs.closeSync(descriptor);
    }
  }

  link(name: string, sizeBytes: number, path: string): Uint8Array {
    let target: Buffer;
    try {
      target = fs.readlinkSync(this.#at(name), 'buffer');
    } catch (error) {
      throw notReadable(error, path);
    }
    if (target.length !== sizeBytes) throw new Refusal('size', 'a link whose length is not in the manifest', path);
    return target;
  }

  close(): void {
    while (this.#open.length > 0) this.leave();
  }

  #at(name: string): string {
    return `/proc/self/fd/${this.#open.at(-1) ?? -1}/${name}`;
  }
}

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK, O_NOCTTY, O_DIRECTORY } = fs.constants;

function openDirectory(place: string, path: string): number {
  try {
    return fs.openSync(place, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw notReadable(error, path);
  }
}

/** Opens a regular file that is not the helper's own: a hard link could be to one that the caller may not read. */
function openFile(place: string, path: string): number {
  let descriptor: number;
  try {
    descriptor = fs.openSync(place, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    throw notReadable(error, path);
  }
  const stat = fs.fstatSync(descriptor);
  if (stat.isFile() && !isPrivateToHelper(stat)) return descriptor;
  fs.closeSync(descriptor);
  throw new Refusal('type', 'not a regular file of the caller', path);
}

function isPrivateToHelper({ uid, mode }: fs.Stats): boolean {
  return uid === process.geteuid?.() && (mode & 0o004) === 0;
}

function readFully(descriptor: number, into: Buffer): number {
  let total = 0;
  while (total < into.length) {
    const count = fs.readSync(descriptor, into, total, into.length - total, null);
    if (count === 0) break;
    total += count;
  }
  return total;
}

function notReadable(error: unknown, path: string): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return new Refusal('missing', 'is not there', path);
    // A link, a socket, or a device nobody answers for.
    case 'ELOOP':
    case 'ENOTDIR':
    case 'EINVAL':
    case 'ENXIO':
    case 'ENODEV':
      return new Refusal('type', 'not what the manifest says it is', path);
    case 'EACCES':
    case 'EPERM':
    case 'EIO':
    case 'ESTALE':
    case 'EAGAIN':
      return new Refusal('missing', 'cannot be read', path);
    default:
      return error;
  }
}
