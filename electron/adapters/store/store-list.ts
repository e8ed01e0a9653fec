import * as fs from 'node:fs';
import path from 'node:path';
import type { LogPort } from '../../core/ports/log.ts';
import type { StoreDirectory } from '../../core/ports/store.ts';
import { errorCode } from '../file-error.ts';
import type { Paths } from '../paths.ts';

/** Where to look for stores. */
export interface StoreListOptions {
  readonly paths: Paths;
  /** From the command line; only read. */
  readonly extraStores?: readonly string[] | undefined;
  readonly log?: Pick<LogPort, 'warn'> | undefined;
}

/** More custom stores would be a mistake, and each is looked at for each implementation. */
const maxCustomStores = 100;

/**
 * All stores in search order: the user's, the system's, those of the files `implementation-dirs`, those of the command
 * line. Each directory once.
 *
 * @see store.md 1.2
 */
export function listStores(options: StoreListOptions): readonly StoreDirectory[] {
  const [user, ...system] = options.paths.cache.map((cache) => path.join(cache, 'implementations'));
  if (user === undefined) throw new Error('no user cache');
  const stores: StoreDirectory[] = [{ path: user, name: 'user', isWritable: isWritable(existingAncestor(user)) }];
  const add = (place: string, name: string, mayWrite: boolean): void => {
    if (stores.some((store) => store.path === place)) return;
    stores.push({ path: place, name, isWritable: mayWrite && isWritable(place) });
  };
  for (const place of system) add(place, 'shared', true);
  for (const place of customStores(options)) add(place, place, true);
  for (const place of options.extraStores ?? []) add(path.resolve(place), path.resolve(place), false);
  return stores;
}

/** The nearest directory above a path that exists, or the path itself. */
export function existingAncestor(place: string): string {
  let current = place;
  while (!fs.existsSync(current) && path.dirname(current) !== current) current = path.dirname(current);
  return current;
}

function customStores({ paths, log }: StoreListOptions): readonly string[] {
  const stores: string[] = [];
  for (const config of paths.config) {
    const file = path.join(config, 'injector', 'implementation-dirs');
    for (const raw of readLines(file, log)) {
      const line = process.platform === 'win32' ? expandVariables(raw.trim()) : raw.trim();
      if (line === '' || line.startsWith('#')) continue;
      if (path.isAbsolute(line)) stores.push(path.normalize(line));
      else if (paths.isPortable) stores.push(path.join(path.dirname(config), line));
      else log?.warn('a store that is no absolute path is left out', { file, line });
    }
  }
  return stores.map((store) => (store.length > 1 ? store.replace(/\/+$/, '') : store)).slice(0, maxCustomStores);
}

function readLines(file: string, log: StoreListOptions['log']): readonly string[] {
  try {
    return fs.readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    const reason = errorCode(error) ?? '';
    if (reason !== 'ENOENT' && reason !== 'ENOTDIR') log?.warn('a list of stores cannot be read', { file, reason });
    return [];
  }
}

function expandVariables(text: string): string {
  return text.replace(/%([^%]+)%/g, (whole, name: string) => process.env[name] ?? whole);
}

function isWritable(place: string): boolean {
  try {
    fs.accessSync(place, fs.constants.W_OK | fs.constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
