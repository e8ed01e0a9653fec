import * as fs from 'node:fs';
import type { StoreUsersPort } from '../../core/ports/store-users.ts';

const digestPattern = /\b(?:sha1(?:new)?=[0-9a-f]{40}|sha256=[0-9a-f]{64}|sha256new_[A-Z2-7]{52})(?![0-9A-Za-z])/g;

/**
 * Finds what running programs use by the digests in their command lines and environments, where bindings put the paths of
 * everything they need, and in the paths of their executables and working directories. Only Linux tells that.
 */
export function createStoreUsers(root = '/proc'): StoreUsersPort {
  return {
    inUse() {
      const found = new Set<string>();
      for (const pid of processes(root)) {
        if (Number(pid) === process.pid) continue;
        for (const text of [
          unlessRefused(() => fs.readFileSync(`${root}/${pid}/cmdline`, 'latin1')),
          unlessRefused(() => fs.readFileSync(`${root}/${pid}/environ`, 'latin1')),
          unlessRefused(() => fs.readlinkSync(`${root}/${pid}/exe`)),
          unlessRefused(() => fs.readlinkSync(`${root}/${pid}/cwd`)),
        ]) {
          for (const [digest] of text.matchAll(digestPattern)) found.add(digest);
        }
      }
      return found;
    },
  };
}

function processes(root: string): readonly string[] {
  try {
    return fs.readdirSync(root).filter((name) => /^[1-9][0-9]*$/.test(name));
  } catch {
    return [];
  }
}

/** Processes of others do not show theirs, and any may end at any time. */
function unlessRefused(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}
