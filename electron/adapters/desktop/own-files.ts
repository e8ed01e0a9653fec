import { join } from 'node:path';
import { ownEntry, ownName } from '../../core/desktop/own-entry.ts';
import { mimePackage, ownMimeTypes } from '../../core/desktop/mime-package.ts';
import type { LogPort } from '../../core/ports/log.ts';
import { isIcon, maxIconBytes } from '../../core/trust/png.ts';
import { writeFileAtomically } from '../files.ts';
import { readFileUpTo } from '../read-file.ts';
import { createDatabases } from './databases.ts';
import { removeFile } from './entry-files.ts';
import { removeThemeIcon, writeThemeIcon } from './theme-icons.ts';
import { findXdgPlaces } from './xdg-places.ts';

/** Where Zerodesk itself is. */
export interface OwnFilesOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** What opens the window. */
  readonly window: readonly [string, ...string[]];
  /** Path of its icon; null = none. */
  readonly icon: string | null;
  readonly log: Pick<LogPort, 'info'>;
}

/** Zerodesk's own entry, icon and types of files, on a Linux desktop. */
export interface OwnFiles {
  /** @returns the path of the entry. @throws AppError `disk-full`, `permission-denied`, `file-failed` */
  write(): Promise<string>;
  /** @returns the path of the entry that is gone */
  remove(): Promise<string>;
}

/** @see gui.md C2, C4 */
export function createOwnFiles({ env, home, window, icon, log }: OwnFilesOptions): OwnFiles {
  const { applications, mime, icons, roots } = findXdgPlaces(env, home);
  const databases = createDatabases({ env, roots, log });
  const entry = join(applications[0], `${ownName}.desktop`);
  const types = join(mime[0], 'packages', `${ownName}.xml`);
  const update = async (): Promise<void> => {
    await databases.updateTypes(mime[0]);
    await databases.updateEntries(applications[0]);
  };
  return {
    async write() {
      const png = icon === null ? null : await readFileUpTo(icon, maxIconBytes);
      const hasIcon = png !== null && isIcon(png);
      await writeFileAtomically(types, mimePackage(ownMimeTypes), 0o644);
      if (hasIcon) await writeThemeIcon(icons, ownName, png);
      await writeFileAtomically(entry, ownEntry(window, hasIcon), 0o644);
      await update();
      return entry;
    },
    async remove() {
      await removeFile(entry);
      await removeThemeIcon(icons, ownName, roots);
      await removeFile(types);
      await update();
      return entry;
    },
  };
}
