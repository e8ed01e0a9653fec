import * as fs from 'node:fs';
import type { StoreDirectory } from '../../core/ports/store.ts';
import { entriesOf } from './store-entries.ts';
import type { TaskRunner } from './tasks.ts';
import { isLeftOver } from './temporary-owner.ts';

/**
 * Deletes what programs that crashed left in the user's and the shared store: what is temporary, this user's, and by
 * `isLeftOver` nobody's any more.
 *
 * @param now milliseconds since 1970
 * @returns paths that are gone
 * @throws AppError what deleting throws
 */
export async function removeLeftovers(
  stores: readonly StoreDirectory[],
  now: number,
  tasks: Pick<TaskRunner, 'run'>,
): Promise<readonly string[]> {
  const removed: string[] = [];
  const uid = process.getuid?.();
  const own = stores.filter(({ name, isWritable }) => isWritable && (name === 'user' || name === 'shared'));
  for (const entry of own.flatMap((store) => entriesOf(store.path, 0))) {
    if (entry.kind !== 'temporary') continue;
    const stat = fs.lstatSync(entry.path, { throwIfNoEntry: false });
    if (stat === undefined || (uid !== undefined && stat.uid !== uid)) continue;
    if (!isLeftOver(entry.name, now - stat.mtimeMs)) continue;
    await tasks.run('delete', { path: entry.path });
    removed.push(entry.path);
  }
  return removed;
}
