import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { entryNames } from '../../core/desktop/file-names.ts';
import { type DesktopTarget, identityOf } from '../../core/desktop/program.ts';
import { readEntry } from '../../core/desktop/read-entry.ts';
import { type Found, lookAt, namesIn } from './entry-files.ts';
import type { XdgPlaces } from './xdg-places.ts';

/** Kinds of integration that are desktop entries. */
export type EntryKind = 'menu' | 'autostart' | 'file-types';

/** A desktop entry of a program of Zero Install. */
export interface StoredEntry {
  readonly kind: EntryKind;
  /** What its file, its icon and all its other entries are called by. */
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly uri: string;
  readonly app: string | null;
  readonly isOwn: boolean;
}

const maxEntryBytes = 1024 * 1024;
/** Folders with more are looked at no further. */
const maxEntries = 10_000;

/** How entries of a kind are called: `PREFIX NAME.desktop`. The reference lists only what begins with `zeroinstall-`. */
const patterns: Readonly<Record<EntryKind, RegExp>> = {
  menu: /^zeroinstall-(.+)\.desktop$/,
  autostart: /^zeroinstall-(.+)\.desktop$/,
  'file-types': /^zerodesk-types-\d+-(.+)\.desktop$/,
};

/** The file of an entry. @param number from 1, of those of one program for files it opens in several ways */
export function entryFile(
  places: XdgPlaces,
  kind: EntryKind,
  { name, number = 1 }: { name: string; number?: number },
): string {
  switch (kind) {
    case 'menu':
      return join(places.applications[0], `zeroinstall-${name}.desktop`);
    case 'autostart':
      return join(places.autostart, `zeroinstall-${name}.desktop`);
    case 'file-types':
      return join(places.applications[0], `zerodesk-types-${number}-${name}.desktop`);
  }
}

/** All entries, also those that the system offers to everybody unless the user has one of that name. */
export async function readEntries(places: XdgPlaces): Promise<readonly StoredEntry[]> {
  const [own, ...shared] = places.applications;
  const entries = [
    ...(await entriesIn(places.autostart, 'autostart', true)),
    ...(await entriesIn(own, 'file-types', true)),
    ...(await entriesIn(own, 'menu', true)),
  ];
  const seen = new Set(await namesIn(own));
  for (const folder of shared) {
    for (const entry of await entriesIn(folder, 'menu', false)) {
      const file = entry.path.slice(folder.length + 1);
      if (!seen.has(file)) entries.push(entry);
      seen.add(file);
    }
  }
  return entries;
}

/**
 * A name under which nothing of another program stands anywhere: the one it has already, or the nicest that is free.
 *
 * @throws AppError `file-failed` if all are taken
 */
export async function chooseName(
  places: XdgPlaces,
  request: { readonly title: string; readonly target: DesktopTarget; readonly entries: readonly StoredEntry[] },
): Promise<string> {
  const identity = identityOf(request.target);
  const present = request.entries
    .filter((entry) => entry.isOwn && identityOf(entry) === identity)
    .map(({ name }) => name);
  const names = [...present.filter((name) => /^[a-z0-9-]+$/.test(name)), ...entryNames(request.title, identity)];
  for (const name of names) if (await isFree(places, name, identity)) return name;
  const path = entryFile(places, 'menu', { name: names.at(-1) ?? '' });
  throw new AppError('file-failed', { path, reason: 'another program has all the names for it' });
}

async function isFree(places: XdgPlaces, name: string, identity: string): Promise<boolean> {
  for (const kind of ['menu', 'autostart', 'file-types'] as const) {
    const found = await lookAt(entryFile(places, kind, { name }), maxEntryBytes);
    if (found.what !== 'nothing' && ownerOf(found) !== identity) return false;
  }
  return true;
}

function ownerOf(found: Found): string | null {
  const entry = found.what === 'text' ? readEntry(found.text) : null;
  return entry === null ? null : identityOf(entry);
}

async function entriesIn(folder: string, kind: EntryKind, isOwn: boolean): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  for (const file of (await namesIn(folder)).slice(0, maxEntries)) {
    const name = patterns[kind].exec(file)?.[1];
    if (name === undefined) continue;
    const path = join(folder, file);
    const found = await lookAt(path, maxEntryBytes);
    const entry = found.what === 'text' ? readEntry(found.text) : null;
    if (entry === null) continue;
    entries.push({ kind, name, path, title: entry.name, uri: entry.uri, app: entry.app, isOwn });
  }
  return entries;
}
