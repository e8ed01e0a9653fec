import * as fs from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { sortNames } from '../../core/manifest/entry-name.ts';
import type { StoreDirectory, StoreEntry } from '../../core/ports/store.ts';
import { errorCode, isRefusal, toFileError } from '../file-error.ts';
import { kindOfName } from './store-names.ts';
import { isLeftOver, temporaryName } from './temporary-owner.ts';

/**
 * What a store holds, ordered by name. A store that is not there, or closed to us, holds nothing.
 *
 * @throws AppError `file-failed`
 */
export function entriesOf(store: string, storeIndex: number): readonly StoreEntry[] {
  let names: string[];
  try {
    names = fs.readdirSync(store);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(errorCode(error) ?? '')) return [];
    throw toFileError(error, store);
  }
  return sortNames(names).flatMap((name) => {
    const path = `${store}/${name}`;
    const stat = fs.lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return [];
    const kind = kindOfName(name);
    const isReal = kind !== 'implementation' || stat.isDirectory();
    return {
      storeIndex,
      name,
      path,
      kind: isReal ? kind : 'foreign',
      modifiedAt: stat.mtime.toISOString(),
      isLeftOver: kind === 'temporary' && isLeftOver(name, Date.now() - stat.mtimeMs),
    };
  });
}

/** Nothing but what lies directly in a store that we may write to is ever deleted. @throws AppError `no-such`, `permission-denied` */
export function checkEntry(entry: StoreEntry, stores: readonly StoreDirectory[]): void {
  const store = stores[entry.storeIndex];
  const isInside = store !== undefined && entry.path === `${store.path}/${entry.name}`;
  if (!isInside || entry.name === '' || entry.name === '.' || entry.name === '..' || /[/\0]/.test(entry.name)) {
    throw new AppError('no-such', { what: 'store entry', id: entry.path });
  }
  if (!store.isWritable) throw new AppError('permission-denied', { path: entry.path });
}

/**
 * Takes the name of an implementation or of something temporary away, so that it cannot be found half deleted.
 *
 * @returns its new path beside the old one; null if it was gone
 * @throws AppError `permission-denied`, `file-failed`
 */
export function moveAway(path: string): string | null {
  const away = `${path.slice(0, path.lastIndexOf('/') + 1)}${temporaryName()}`;
  const move = (): void => fs.renameSync(path, away);
  try {
    try {
      move();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      // Some systems refuse to rename a directory that may not be written to.
      fs.chmodSync(path, 0o755);
      move();
    }
    return away;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw toFileError(error, path);
  }
}
