import * as fs from 'node:fs';
import { parseDigestName } from '../../core/manifest/digest-name.ts';
import type { StoreEntry } from '../../core/ports/store.ts';
import { errorCode } from '../file-error.ts';
import { hasOwner, temporaryName } from './temporary-owner.ts';

const temporaryNames = [
  /^(?:tmp|0install-unpack|0store-add|0install-digest|extract-gem|archive|optimise)-[0-9a-f]{1,8}$/,
  /^tmp-[0-9A-Za-z]{1,16}\.new$/,
  /^0install-(?:extract|remove-|optimise)/,
];

/** What an entry of a store is, by its name. @see store.md 1.5 */
export function kindOfName(name: string): StoreEntry['kind'] {
  if (parseDigestName(name) !== null) return 'implementation';
  return hasOwner(name) || temporaryNames.some((pattern) => pattern.test(name)) ? 'temporary' : 'foreign';
}

/**
 * Makes a directory for something temporary in a store, closed to other users. The store is made if it is missing.
 *
 * @throws errors of the system
 */
export function makeTemporary(store: string): string {
  fs.mkdirSync(store, { recursive: true, mode: 0o755 });
  for (;;) {
    const path = `${store}/${temporaryName()}`;
    try {
      fs.mkdirSync(path, 0o700);
      return path;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}
