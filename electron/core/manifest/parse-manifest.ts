import { AppError } from '../../../shared/errors/app-error.ts';
import { hashOf, type Algorithm } from './digest-name.ts';
import { nameProblem, type NameRules } from './entry-name.ts';
import { printManifest } from './print-manifest.ts';
import { manifestName, type TreeDirectory, type TreeEntry } from './tree.ts';

/** What `parseManifest` needs to know besides the bytes. */
export interface ParseOptions {
  /** For messages: the path of the manifest. */
  readonly source: string;
  /** Names are checked for the system that shall hold the tree. */
  readonly nameRules?: NameRules;
}

interface OpenDirectory extends TreeDirectory {
  readonly entries: Map<string, TreeEntry>;
}

/**
 * Reads a manifest of the new format into a tree, as strictly as it is written: anything that printing the tree again
 * would not reproduce byte for byte is refused, and with it wrong order and repeated names. Times of directories are 0.
 *
 * @throws AppError `tree-illegal` with the number of the line
 * @see store.md 3.1, 3.6
 */
export function parseManifest(
  bytes: Uint8Array,
  algorithm: Exclude<Algorithm, 'sha1'>,
  options: ParseOptions,
): TreeDirectory {
  const fail = (line: number, reason: string): never => {
    throw new AppError('tree-illegal', { path: options.source, reason: `line ${line}: ${reason}` });
  };
  const text = decode(bytes) ?? fail(1, 'not UTF-8');
  const root = openDirectory();
  if (text === '') return root;
  if (!text.endsWith('\n')) fail(text.split('\n').length, 'no newline at the end');

  const hash = hashOf(algorithm) === 'sha1' ? '[0-9a-f]{40}' : '[0-9a-f]{64}';
  const number = '(?:0|[1-9][0-9]{0,15})';
  const file = new RegExp(`^[FX] (${hash}) (0|-?[1-9][0-9]{0,15}) (${number}) (.+)$`, 's');
  const link = new RegExp(`^S (${hash}) (${number}) (.+)$`, 's');
  const directories = new Map<string, OpenDirectory>([['', root]]);
  let current = root;
  let lineNumber = 0;

  const add = (name: string, entry: TreeEntry, parent: OpenDirectory): void => {
    const problem = nameProblem(name, options.nameRules);
    if (problem !== null) fail(lineNumber, problem);
    if (parent === root && name === manifestName) fail(lineNumber, 'the name .manifest is reserved at the top');
    if (parent.entries.has(name)) fail(lineNumber, 'name listed twice');
    parent.entries.set(name, entry);
  };

  for (const line of text.slice(0, -1).split('\n')) {
    lineNumber++;
    let parts: RegExpExecArray | null;
    if (line.startsWith('D /')) {
      const path = line.slice(2);
      const slash = path.lastIndexOf('/');
      const parent = directories.get(path.slice(0, slash)) ?? fail(lineNumber, 'directory before its parent');
      current = openDirectory();
      add(path.slice(slash + 1), current, parent);
      directories.set(path, current);
    } else if ((parts = link.exec(line)) !== null) {
      add(parts[3]!, { type: 'link', hash: parts[1]!, sizeBytes: Number(parts[2]) }, current);
    } else if ((parts = file.exec(line)) !== null) {
      const [, hex, mtime, size, name] = parts;
      const isExecutable = line.startsWith('X');
      add(name!, { type: 'file', hash: hex!, mtime: Number(mtime), sizeBytes: Number(size), isExecutable }, current);
    } else fail(lineNumber, 'not a line of a manifest');
  }
  const again = printManifest(root, 'new');
  if (again !== text) fail(firstDifference(text, again), 'lines out of order');
  return root;
}

/**
 * The bytes that the files of a tree take, read from its manifest of either format; links are not counted.
 *
 * @returns null if some line makes no sense
 */
export function sizeFromManifest(text: string): number | null {
  let total = 0;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('D ') || line.startsWith('S ')) continue;
    const size = /^[FX] [0-9a-f]{40,64} -?[0-9]+ ([0-9]{1,15}) ./s.exec(line)?.[1];
    if (size === undefined) return null;
    total += Number(size);
  }
  return total;
}

function openDirectory(): OpenDirectory {
  return { type: 'directory', mtime: 0, entries: new Map() };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function firstDifference(a: string, b: string): number {
  const left = a.split('\n');
  const right = b.split('\n');
  return left.findIndex((line, index) => line !== right[index]) + 1;
}
