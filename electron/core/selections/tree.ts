import { zeroInstallNamespace, type XmlElement } from '../xml/element.ts';
import type { Selection, Selections } from './model.ts';
import { roleText } from './roles.ts';

/** A node of the tree of components: a role where it is first met. */
export interface TreeNode {
  readonly interface: string;
  readonly isSource: boolean;
  readonly depth: number;
  /** `null` = needed, but nothing was selected. */
  readonly selection: Selection | null;
}

/** What a component depends on, as far as the tree shows it. */
export interface TreeEdge {
  readonly interface: string;
  readonly isSource: boolean;
  readonly isEssential: boolean;
}

/**
 * The roles from the root on, depth first, each where it is first met. Below a component stand the dependencies of its
 * commands, later-named commands first, then its own. Recommended ones that were not selected are left out.
 *
 * @param alsoShown names of roles that are shown although nothing was selected for them
 * @see selection.md 16.1
 */
export function selectionTree(selections: Selections, alsoShown: ReadonlySet<string> = new Set()): readonly TreeNode[] {
  const byRole = new Map(selections.selections.map((selection) => [roleText(selection), selection]));
  const nodes: TreeNode[] = [];
  const seen = new Set<string>();
  // Not recursive: the depth of a document from outside has no limit.
  const pending: (TreeEdge & { readonly depth: number })[] = [
    { interface: selections.interface, isSource: selections.isSource, isEssential: true, depth: 0 },
  ];
  for (let edge = pending.pop(); edge !== undefined; edge = pending.pop()) {
    const role = roleText(edge);
    if (seen.has(role)) continue;
    const selection = byRole.get(role) ?? null;
    if (selection === null && !edge.isEssential && !alsoShown.has(role)) continue;
    seen.add(role);
    nodes.push({ interface: edge.interface, isSource: edge.isSource, depth: edge.depth, selection });
    if (selection === null) continue;
    const depth = edge.depth + 1;
    for (const { interface: uri, isSource, isEssential } of edgesOf(selection).reverse()) {
      pending.push({ interface: uri, isSource, isEssential, depth });
    }
  }
  return nodes;
}

/** What a selected component depends on, in the order of the tree. */
export function edgesOf(selection: Selection): TreeEdge[] {
  const edges: TreeEdge[] = [];
  for (const command of selection.children.filter((child) => isNamed(child, 'command')).reverse()) {
    addDependencies(edges, command.children);
  }
  addDependencies(edges, selection.children);
  return edges;
}

function addDependencies(edges: TreeEdge[], elements: readonly XmlElement[]): void {
  for (const element of elements) {
    const target = element.attributes['interface'];
    if (target === undefined || !(isNamed(element, 'requires') || isNamed(element, 'runner'))) continue;
    edges.push({
      interface: target,
      isSource: element.attributes['source'] === 'true',
      isEssential: (element.attributes['importance'] ?? 'essential') === 'essential',
    });
  }
}

function isNamed(element: XmlElement, name: string): boolean {
  return element.name === name && element.namespace === zeroInstallNamespace;
}
