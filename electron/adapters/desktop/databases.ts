import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { LogPort } from '../../core/ports/log.ts';
import { findProgram } from '../find-program.ts';
import { lookAt, namesIn, removeEmptyFolders, removeFile } from './entry-files.ts';

const timeLimitMs = 30_000;

/** What `update-mime-database` makes of the packages. */
const generatedMimeFiles = [
  ...['XMLnamespaces', 'aliases', 'generic-icons', 'globs', 'globs2', 'icons', 'magic', 'mime.cache', 'subclasses'],
  ...['treemagic', 'types', 'version'],
];

/** What the programs of the system make of entries and types, so that desktops need not read each of them. */
export interface Databases {
  /** After an entry with types of files in a folder of applications was written or removed. */
  updateEntries(applications: string): Promise<void>;
  /** After a package in a folder of the MIME database was written or removed. */
  updateTypes(mime: string): Promise<void>;
}

/**
 * Calls the programs where they are installed; without them desktops find out by themselves, or later. A database that
 * nothing is left for is removed.
 *
 * @param options.roots folders that stay when they are empty
 */
export function createDatabases(options: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly roots: readonly string[];
  readonly log: Pick<LogPort, 'info'>;
}): Databases {
  const { env, roots, log } = options;
  const call = (name: string, folder: string): Promise<void> => {
    const program = findProgram(name, env);
    if (program === null) return Promise.resolve();
    return new Promise((resolve) => {
      execFile(program, [folder], { env: { ...env, LC_ALL: 'C' }, timeout: timeLimitMs }, (error) => {
        if (error !== null) log.info('desktop database not updated', { program: name, reason: error.message });
        resolve();
      });
    });
  };
  return {
    async updateEntries(applications) {
      const names = await namesIn(applications);
      const cache = join(applications, 'mimeinfo.cache');
      if (names.some((name) => name !== 'mimeinfo.cache')) await call('update-desktop-database', applications);
      const found = await lookAt(cache, 4096);
      const isEmpty = found.what === 'text' && !found.text.includes('=');
      if (isEmpty || names.every((name) => name === 'mimeinfo.cache')) await removeFile(cache);
      await removeEmptyFolders(applications, roots);
    },
    async updateTypes(mime) {
      const packages = join(mime, 'packages');
      if ((await namesIn(packages)).length > 0) {
        await call('update-mime-database', mime);
        return;
      }
      // With an empty folder it deletes the types it made; its tables are for us.
      if ((await namesIn(mime)).includes('mime.cache')) {
        await call('update-mime-database', mime);
        for (const name of generatedMimeFiles) await removeFile(join(mime, name));
        for (const name of await namesIn(mime)) {
          if (name !== 'packages') await removeEmptyFolders(join(mime, name), [...roots, dirname(join(mime, name))]);
        }
      }
      await removeEmptyFolders(packages, roots);
    },
  };
}
