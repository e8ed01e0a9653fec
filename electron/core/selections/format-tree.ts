import type { Selection, Selections } from './model.ts';
import { roleText } from './roles.ts';
import { selectionTree, type TreeNode } from './tree.ts';

/**
 * The tree of selections as the reference prints it, with a line break at the end.
 *
 * @param directoryOf where the files of a local or stored selection are; null if no store has them
 * @see selection.md 16.1
 */
export function formatTree(selections: Selections, directoryOf: (selection: Selection) => string | null): string {
  const blocks = selectionTree(selections).map((node) => {
    const indent = '  '.repeat(node.depth);
    const lines = linesOf(node, directoryOf).map((line) => `${indent}  ${line}\n`);
    const gap = node.depth === 0 ? '' : `${indent}\n`;
    return `${gap}${indent}- URI: ${roleText(node)}\n${lines.join('')}`;
  });
  return blocks.join('');
}

function linesOf({ selection }: TreeNode, directoryOf: (selection: Selection) => string | null): readonly string[] {
  if (selection === null) return ['No selected version'];
  const path = selection.kind === 'package' ? `(${selection.id})` : (directoryOf(selection) ?? '(not cached)');
  const note = selection.requiresCompilation ? ' (requires compilation)' : '';
  return [`Version: ${selection.version}${note}`, `Path: ${path}`];
}
