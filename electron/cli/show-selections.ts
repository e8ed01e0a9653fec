import { compareBytes } from '../core/byte-order.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { Requirements } from '../core/select/model.ts';
import type { Selections } from '../core/selections/model.ts';
import { formatTree } from '../core/selections/format-tree.ts';

/** The tree of selections with the directory of each, as the reference prints it. @see selection.md 16.1 */
export async function showSelections(selections: Selections, store: Pick<StorePort, 'lookup'>): Promise<string> {
  const paths = new Map<string, string | null>();
  for (const selection of selections.selections) {
    if (selection.kind !== 'stored') continue;
    paths.set(selection.digests.join(' '), (await store.lookup(selection.digests))?.path ?? null);
  }
  return formatTree(selections, (selection) =>
    selection.kind === 'local' ? selection.localPath : (paths.get(selection.digests.join(' ')) ?? null),
  );
}

/** Lines about restrictions that a person set; empty without any. */
export function restrictionLines({ restrictions }: Pick<Requirements, 'restrictions'>): string {
  const all = Object.entries(restrictions).sort(([a], [b]) => compareBytes(a, b));
  if (all.length === 0) return '';
  return `User-provided restrictions in force:\n${all.map(([uri, text]) => `  ${uri}: ${text}\n`).join('')}\n`;
}
