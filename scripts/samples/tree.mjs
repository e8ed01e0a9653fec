// Trees of files as plain data: a Map from path (with `/`) to entry. Parents are implied.

import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ readonly type: 'file', readonly data: Buffer, readonly isExecutable: boolean, readonly mtime: number }
 *   | { readonly type: 'symlink', readonly target: string }} Entry
 * @typedef {Map<string, Entry>} Tree
 */

/**
 * Reads a directory. `@VERSION@` in text is replaced.
 *
 * @param {string} directory need not exist
 * @param {{ readonly version: string, readonly mtime: number }} values
 * @returns {Tree}
 */
export function readTree(directory, { version, mtime }) {
  const tree = new Map();
  const visit = (relative) => {
    const place = path.join(directory, relative);
    const stats = lstatSync(place, { throwIfNoEntry: false });
    if (!stats) return;
    if (stats.isSymbolicLink()) tree.set(relative, { type: 'symlink', target: readlinkSync(place) });
    else if (stats.isDirectory()) {
      for (const name of readdirSync(place)) visit(relative === '' ? name : `${relative}/${name}`);
    } else {
      const text = readFileSync(place, 'utf8').replaceAll('@VERSION@', version);
      const isExecutable = (stats.mode & 0o111) !== 0;
      tree.set(relative, { type: 'file', data: Buffer.from(text), isExecutable, mtime });
    }
  };
  visit('');
  return tree;
}

/** Every directory of a tree but the top, in an order in which they can be made. */
export function directoriesOf(tree) {
  const found = new Set();
  for (const name of tree.keys()) {
    const parts = name.split('/');
    for (let length = 1; length < parts.length; length += 1) found.add(parts.slice(0, length).join('/'));
  }
  return [...found].sort(compareBytes);
}

/** Moves a file or directory, as the step of a recipe does. */
export function rename(tree, source, dest) {
  let count = 0;
  for (const [name, entry] of [...tree]) {
    if (name !== source && !name.startsWith(`${source}/`)) continue;
    tree.delete(name);
    tree.set(dest + name.slice(source.length), entry);
    count += 1;
  }
  if (count === 0) throw new Error(`nothing to rename at ${source}`);
}

/** Removes a file or directory, as the step of a recipe does. */
export function remove(tree, target) {
  const names = [...tree.keys()].filter((name) => name === target || name.startsWith(`${target}/`));
  if (names.length === 0) throw new Error(`nothing to remove at ${target}`);
  for (const name of names) tree.delete(name);
}

/** Order of UTF-8 bytes. */
export function compareBytes(a, b) {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
