import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import type { TreeWriter, WrittenDirectory } from '../tree/tree-writer.ts';

/** Above this many, one flush of the file system is quicker than one of each file: each waits for the disk by itself. */
const fewFiles = 32;

/**
 * Waits until a tree is on the disk. Otherwise a power failure could leave a tree with the right name and empty files:
 * lookups never verify.
 *
 * @see store.md 6.3
 */
export async function flushTree(tree: TreeWriter): Promise<void> {
  if (tree.leafCount > fewFiles && (await flushFileSystem(tree.rootPath))) return;
  flushDirectory(tree.tree, tree.rootPath);
}

/** Waits until the names in a directory are on the disk. */
export function flushNames(path: string): void {
  // Directories cannot be opened on Windows.
  if (process.platform !== 'win32') flushFile(path);
}

function flushDirectory(directory: WrittenDirectory, path: string): void {
  for (const [name, entry] of directory.entries) {
    if (entry.type === 'directory') flushDirectory(entry, `${path}/${name}`);
    else if (entry.type === 'file') flushFile(`${path}/${name}`);
  }
  flushNames(path);
}

function flushFile(path: string): void {
  const descriptor = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Node has no call for it, but the system's `sync` program does. */
function flushFileSystem(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(false);
  return new Promise((resolve) => {
    execFile('sync', ['-f', path], (error) => resolve(error === null));
  });
}
