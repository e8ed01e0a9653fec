import { nameProblem } from '../../core/manifest/entry-name.ts';
import { TreeProblem, type TreeWriter } from '../tree/tree-writer.ts';

/**
 * Resolves a path that a recipe step names. `/` separates names on every system; empty and `.` components do not count.
 * Nothing on the way, and nothing at the end, may be a symbolic link.
 *
 * @returns the path in the form `TreeWriter` takes, never empty
 * @throws TreeProblem
 * @see store.md 5.4
 */
export function resolveRecipePath(tree: TreeWriter, value: string): string {
  if (value.startsWith('/')) throw new TreeProblem(value, 'is absolute');
  const parts: string[] = [];
  for (const part of value.split('/')) {
    if (part === '..') throw new TreeProblem(value, 'has .. in it');
    if (part.includes('\\')) throw new TreeProblem(value, 'has a backslash in it');
    if (part === '' || part === '.') continue;
    const problem = nameProblem(part, process.platform === 'win32' ? 'windows' : 'posix');
    if (problem !== null) throw new TreeProblem(value, problem);
    parts.push(part);
    if (tree.find(parts.join('/'))?.type === 'link') throw new TreeProblem(value, 'goes through a symbolic link');
  }
  if (parts.length === 0) throw new TreeProblem(value, 'names the whole implementation');
  return parts.join('/');
}
