import { AppError } from '../../../shared/errors/app-error.ts';
import type { ManifestFormat } from './digest-name.ts';
import { nameProblem, sortNames } from './entry-name.ts';
import { manifestName, type TreeDirectory, type TreeFile, type TreeLink } from './tree.ts';

/**
 * Prints the manifest of a tree. A regular file `.manifest` at the top is left out.
 *
 * @returns lines that each end with LF; the empty text for the empty tree
 * @throws AppError `tree-illegal` for a name that no manifest may hold
 * @see store.md 3
 */
export function printManifest(root: TreeDirectory, format: ManifestFormat): string {
  const lines: string[] = [];
  if (format === 'old') printOld(root, '', lines);
  else printNew(root, '', lines);
  lines.push('');
  return lines.join('\n');
}

function printNew(directory: TreeDirectory, path: string, lines: string[]): void {
  const children: [string, TreeDirectory][] = [];
  for (const name of sortedNames(directory, path)) {
    const entry = directory.entries.get(name)!;
    if (entry.type === 'directory') children.push([`${path}/${name}`, entry]);
    else lines.push(leafLine(entry, name));
  }
  for (const [childPath, child] of children) {
    lines.push(`D ${childPath}`);
    printNew(child, childPath, lines);
  }
}

function printOld(directory: TreeDirectory, path: string, lines: string[]): void {
  for (const name of sortedNames(directory, path)) {
    const entry = directory.entries.get(name)!;
    if (entry.type === 'directory') {
      lines.push(`D ${entry.mtime} ${path}/${name}`);
      printOld(entry, `${path}/${name}`, lines);
    } else lines.push(leafLine(entry, name));
  }
}

function sortedNames(directory: TreeDirectory, path: string): readonly string[] {
  const names = sortNames([...directory.entries.keys()]);
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem !== null) throw new AppError('tree-illegal', { path: `${path}/${name}`, reason: problem });
  }
  if (path !== '') return names;
  return names.filter((name) => name !== manifestName || directory.entries.get(name)!.type !== 'file');
}

function leafLine(entry: TreeFile | TreeLink, name: string): string {
  if (entry.type === 'link') return `S ${entry.hash} ${entry.sizeBytes} ${name}`;
  return `${entry.isExecutable ? 'X' : 'F'} ${entry.hash} ${entry.mtime} ${entry.sizeBytes} ${name}`;
}
