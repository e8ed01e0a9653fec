import * as fs from 'node:fs';
import { sortNames } from '../../core/manifest/entry-name.ts';
import type { TreeDirectory, TreeEntry } from '../../core/manifest/tree.ts';

const blockBytes = 512;
const pieceBytes = 256 * 1024;
/** Largest number in eleven octal digits. */
const maxOctal = 8 ** 11 - 1;

/**
 * A tar archive of a stored tree, made while it is read: just what its manifest lists, with the times and modes that are in it.
 *
 * @param path the directory
 * @throws Error if a file is not as long as listed
 */
export function* tarOfTree(tree: TreeDirectory, path: string): Generator<Uint8Array> {
  yield* entriesOf(tree, path, '');
  yield Buffer.alloc(2 * blockBytes);
}

function* entriesOf(directory: TreeDirectory, place: string, prefix: string): Generator<Uint8Array> {
  for (const name of sortNames([...directory.entries.keys()])) {
    const entry = directory.entries.get(name);
    if (entry === undefined) continue;
    const inside = `${prefix}${name}`;
    const file = `${place}/${name}`;
    if (entry.type === 'directory') {
      yield* headers(entry, `${inside}/`, null);
      yield* entriesOf(entry, file, `${inside}/`);
    } else if (entry.type === 'link') yield* headers(entry, inside, fs.readlinkSync(file, 'buffer'));
    else {
      yield* headers(entry, inside, null);
      yield* contentsOf(file, entry.sizeBytes);
    }
  }
}

function* contentsOf(file: string, sizeBytes: number): Generator<Uint8Array> {
  const descriptor = fs.openSync(file, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW);
  try {
    for (let left = sizeBytes; left > 0;) {
      const piece = Buffer.allocUnsafe(Math.min(left, pieceBytes));
      const count = fs.readSync(descriptor, piece);
      if (count === 0) throw new Error('a stored file is shorter than its manifest says');
      left -= count;
      yield piece.subarray(0, count);
    }
  } finally {
    fs.closeSync(descriptor);
  }
  yield padding(sizeBytes);
}

/** The header of an entry, with one of the newer kind before it for what does not fit. */
function* headers(entry: TreeEntry, name: string, target: Buffer | null): Generator<Uint8Array> {
  const bytes = Buffer.from(name);
  const size = entry.type === 'file' ? entry.sizeBytes : 0;
  const mtime = entry.type === 'file' ? entry.mtime : 0;
  const records = [
    ...(bytes.length > 100 ? [record('path', bytes)] : []),
    ...(target !== null && target.length > 100 ? [record('linkpath', target)] : []),
    ...(size > maxOctal ? [record('size', Buffer.from(String(size)))] : []),
    ...(mtime < 0 || mtime > maxOctal ? [record('mtime', Buffer.from(String(mtime)))] : []),
  ];
  if (records.length > 0) {
    const extended = Buffer.concat(records);
    yield header({ name: Buffer.from('pax'), type: 'x', size: extended.length });
    yield extended;
    yield padding(extended.length);
  }
  yield header({
    name: bytes.subarray(0, 100),
    type: entry.type === 'directory' ? '5' : entry.type === 'link' ? '2' : '0',
    size: Math.min(size, maxOctal),
    mtime: Math.min(maxOctal, Math.max(0, mtime)),
    mode: entry.type === 'directory' || (entry.type === 'file' && entry.isExecutable) ? 0o755 : 0o644,
    ...(target !== null && { target: target.subarray(0, 100) }),
  });
}

interface Header {
  readonly name: Uint8Array;
  readonly type: string;
  readonly size: number;
  readonly mtime?: number;
  readonly mode?: number;
  readonly target?: Uint8Array;
}

function header({ name, type, size, mtime = 0, mode = 0o644, target }: Header): Buffer {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, offset: number, digits: number): void => {
    block.write(value.toString(8).padStart(digits, '0'), offset, 'latin1');
  };
  block.set(name, 0);
  octal(mode, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(size, 124, 11);
  octal(mtime, 136, 11);
  block.write(' '.repeat(8), 148, 'latin1');
  block.write(type, 156, 'latin1');
  if (target !== undefined) block.set(target, 157);
  block.write('ustar\u000000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return block;
}

/** `LENGTH KEY=VALUE\n`, whose length counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function padding(size: number): Uint8Array {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}
