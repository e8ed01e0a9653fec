import { join } from 'node:path';
import { type Capabilities, readCapabilities } from '../../core/desktop/capabilities.ts';
import { cleanText } from '../../core/desktop/entry-text.ts';
import {
  autostartEntry,
  type EntryContext,
  menuEntry,
  openingEntry,
  openingsOf,
} from '../../core/desktop/linux-entries.ts';
import { type MimeType, mimePackage } from '../../core/desktop/mime-package.ts';
import { type DesktopProgram, identityOf } from '../../core/desktop/program.ts';
import type { StartScriptPort } from '../../core/ports/app-store.ts';
import type { IntegrationRequest } from '../../core/desktop/integration-plan.ts';
import type { DesktopPort, Integration } from '../../core/ports/desktop.ts';
import type { LogPort } from '../../core/ports/log.ts';
import { writeFileAtomically } from '../files.ts';
import { findProgram } from '../find-program.ts';
import { createAliases } from './aliases.ts';
import { createDatabases } from './databases.ts';
import { namesIn, removeEmptyFolders, removeFile } from './entry-files.ts';
import { chooseName, entryFile, type EntryKind, readEntries, type StoredEntry } from './entry-store.ts';
import { readKnownTypes } from './known-types.ts';
import { removeThemeIcon, writeThemeIcon } from './theme-icons.ts';
import { findXdgPlaces } from './xdg-places.ts';

/** Where a Linux desktop gets what it needs. */
export interface LinuxDesktopOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Absolute path of our command line, for when `0desk` is not in `PATH`. */
  readonly command: string;
  readonly scripts: Pick<StartScriptPort, 'place'>;
  readonly log: Pick<LogPort, 'info'>;
}

/** More ways of opening files are not one program's business. */
const maxOpenings = 20;

/**
 * Desktops that follow freedesktop.org: entries for menus, for the start of a session and for files, icons, types of files,
 * and commands. Each program has one name, under which all of its files are found again.
 *
 * @see execution.md 9.2
 */
export function createLinuxDesktop(options: LinuxDesktopOptions): DesktopPort {
  const { env, home, log } = options;
  const places = findXdgPlaces(env, home);
  const { roots } = places;
  const [applications] = places.applications;
  const [mime] = places.mime;
  const databases = createDatabases({ env, roots, log });
  const aliases = createAliases(home, options.scripts);

  const contextOf = (icon: string | null): EntryContext => ({
    command: findProgram('0desk', env) === null ? options.command : '0desk',
    hasReference: findProgram('0launch', env) !== null,
    icon,
  });

  /** @returns the path of the first entry; null if the program opens nothing */
  async function writeOpenings(program: DesktopProgram, name: string, context: EntryContext): Promise<string | null> {
    const capabilities = readCapabilities(program.capabilities, 'Linux');
    const known = await readKnownTypes(places.mime);
    const knownNames = new Set(known.values());
    const newTypes = new Map<string, MimeType>();
    const openings = openingsOf(capabilities, ({ ending, mimeType }) => {
      const type = known.get(ending);
      if (type !== undefined) return type;
      const own = mimeType ?? `application/x-extension-${ending.slice(1).replace(/[^a-z0-9.+-]/g, '-')}`;
      const present =
        newTypes.get(own) ?? newType(own, knownNames.has(own) ? null : commentOf(own, capabilities, program));
      newTypes.set(own, { ...present, endings: [...new Set([...present.endings, ending])] });
      return own;
    });
    const texts = openings.slice(0, maxOpenings).flatMap((opening) => openingEntry(program, opening, context) ?? []);
    await removeOpenings(name);
    for (const [index, text] of texts.entries()) {
      await writeFileAtomically(entryFile(places, 'file-types', { name, number: index + 1 }), text, 0o644);
    }
    if (texts.length === 0) return null;
    if (newTypes.size > 0) {
      await writeFileAtomically(packageOf(name), mimePackage([...newTypes.values()]), 0o644);
      await databases.updateTypes(mime);
    }
    await databases.updateEntries(applications);
    return entryFile(places, 'file-types', { name });
  }

  async function removeOpenings(name: string): Promise<void> {
    for (const file of await namesIn(applications)) {
      if (/^zerodesk-types-\d+-(.+)\.desktop$/.exec(file)?.[1] === name) await removeFile(join(applications, file));
    }
  }

  const packageOf = (name: string): string => join(mime, 'packages', `zerodesk-${name}.xml`);

  return {
    kinds: ['menu', 'autostart', 'file-types', 'alias'],

    async list() {
      const entries = (await readEntries(places)).map(toIntegration);
      // All the entries by which a program opens files are one to people.
      const shown = entries.filter(
        ({ kind, uri, app }, index) =>
          kind !== 'file-types' ||
          entries.findIndex((each) => each.kind === kind && each.uri === uri && each.app === app) === index,
      );
      return [...shown, ...(await aliases.list())];
    },

    async write(request) {
      const { kind, program, icon } = request;
      if (kind === 'alias') return aliases.write(request.alias ?? '', program.target, contextOf(null));
      const entries = await readEntries(places);
      const { target } = program;
      const name = await chooseName(places, { title: program.name.text, target, entries });
      const iconName = `zeroinstall-${name}`;
      const context = contextOf(icon === null ? null : iconName);
      const path = await writeEntry(request, name, context);
      if (path === null) return null;
      if (icon !== null) {
        await removeThemeIcon(places.icons, iconName, roots);
        await writeThemeIcon(places.icons, iconName, icon);
      }
      return { kind, ...target, name: program.name.text, path, isRemovable: true };
    },

    async remove(integration) {
      if (integration.kind === 'alias') {
        await aliases.remove(integration.path);
        return;
      }
      const isMeant = (entry: StoredEntry): boolean =>
        entry.isOwn && entry.kind === integration.kind && identityOf(entry) === identityOf(integration);
      const entries = await readEntries(places);
      for (const entry of entries.filter(isMeant)) await removeEntry(entry);
      const left = new Set((await readEntries(places)).filter(({ isOwn }) => isOwn).map(({ name }) => name));
      for (const { name } of entries.filter(isMeant)) {
        if (!left.has(name)) await removeThemeIcon(places.icons, `zeroinstall-${name}`, roots);
      }
    },
  };

  async function writeEntry(
    { kind, program }: IntegrationRequest,
    name: string,
    context: EntryContext,
  ): Promise<string | null> {
    if (kind === 'file-types') return writeOpenings(program, name, context);
    const path = entryFile(places, kind as EntryKind, { name });
    await writeFileAtomically(
      path,
      kind === 'menu' ? menuEntry(program, context) : autostartEntry(program, context),
      0o644,
    );
    return path;
  }

  async function removeEntry({ kind, name, path }: StoredEntry): Promise<void> {
    await removeFile(path);
    if (kind === 'autostart') await removeEmptyFolders(places.autostart, roots);
    if (kind === 'menu') await removeEmptyFolders(applications, roots);
    if (kind !== 'file-types') return;
    await removeOpenings(name);
    await databases.updateEntries(applications);
    const hasPackage = (await namesIn(join(mime, 'packages'))).includes(`zerodesk-${name}.xml`);
    if (!hasPackage) return;
    await removeFile(packageOf(name));
    await databases.updateTypes(mime);
  }
}

function toIntegration({ kind, uri, app, title, path, isOwn }: StoredEntry): Integration {
  return { kind, uri, app, name: title, path, isRemovable: isOwn };
}

function newType(name: string, comment: string | null): MimeType {
  const text = comment === null ? null : { text: comment, translations: new Map<string, string>() };
  return { name, comment: text, subClassOf: null, endings: [], roots: [] };
}

/** What the program calls a type that the system does not know. */
function commentOf(type: string, { fileTypes }: Capabilities, { name }: DesktopProgram): string {
  const named = fileTypes.find(({ extensions }) => extensions.some(({ mimeType }) => mimeType === type));
  return cleanText((named?.descriptions[0]?.text ?? '').slice(0, 200)).trim() || `${name.text} file`;
}
