import type { ProfileItem } from '../../../shared/model/index.ts';

/** Whether something can be done about an item at all. */
export function canTake({ status }: ProfileItem): boolean {
  return status === 'add' || status === 'conflict';
}

/**
 * What is ticked before anybody has looked: what is new. Not what would replace something of one's own, nor a stranger's keys, which decide
 * about all that comes later.
 */
export function takenAtFirst(items: readonly ProfileItem[]): ReadonlySet<string> {
  return new Set(items.filter(({ kind, status }) => status === 'add' && kind !== 'key').map(({ id }) => id));
}
