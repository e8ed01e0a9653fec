import type { Selection, Selections } from './model.ts';
import { roleText } from './roles.ts';

/** A role that is filled differently. `null` = not used. */
export interface SelectionChange {
  readonly interface: string;
  readonly isSource: boolean;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What differs between two selections: roles that are gone or have another version, then new ones, each in role order.
 * Another implementation of the same version is no change.
 *
 * @see selection.md 16.2
 */
export function selectionChanges(before: Selections, after: Selections): readonly SelectionChange[] {
  const old = byRole(before);
  const current = byRole(after);
  const changed = before.selections.flatMap((selection): SelectionChange[] => {
    const to = current.get(roleText(selection))?.version ?? null;
    return to === selection.version ? [] : [{ ...roleOf(selection), from: selection.version, to }];
  });
  const added = after.selections
    .filter((selection) => !old.has(roleText(selection)))
    .map((selection): SelectionChange => ({ ...roleOf(selection), from: null, to: selection.version }));
  return [...changed, ...added];
}

/** The line about a change as the reference prints it. */
export function formatChange(change: SelectionChange): string {
  const role = roleText(change);
  if (change.to === null) return `No longer used: ${role}`;
  return change.from === null ? `${role}: new -> ${change.to}` : `${role}: ${change.from} -> ${change.to}`;
}

function byRole(selections: Selections): ReadonlyMap<string, Selection> {
  return new Map(selections.selections.map((selection) => [roleText(selection), selection]));
}

function roleOf(selection: Selection): Pick<SelectionChange, 'interface' | 'isSource'> {
  return { interface: selection.interface, isSource: selection.isSource };
}
