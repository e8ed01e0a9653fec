import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { canonicalCpu } from '../../core/arch/host.ts';
import type { PackageImplementation } from '../../core/feed/model.ts';
import type { NativePackage, NativePackages } from '../../core/select/world.ts';
import { parseVersionExpression, versionMatches } from '../../core/version/expression.ts';
import type { Version, VersionRange } from '../../core/version/model.ts';
import { cleanNativeVersion } from '../../core/version/native-version.ts';
import { formatVersion, parseVersion } from '../../core/version/version.ts';
import { isAbsence } from '../files.ts';

/** Where Debian keeps what is installed. */
export const dpkgStatusPath = '/var/lib/dpkg/status';

const binFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

/** The packages Debian's package manager has installed. */
export interface Dpkg {
  /**
   * The installed packages some elements stand for. Ones that could be installed are not known here.
   *
   * @throws AppError `bad-version` if an element's expression cannot be read
   */
  packages(elements: readonly PackageImplementation[]): NativePackages;
  /** Looks again, if the file has changed. */
  refresh(): void;
}

interface Installed {
  readonly version: Version;
  readonly machine: string;
}

interface Database {
  readonly identity: string;
  /** Seconds. */
  readonly mtime: number;
  readonly text: Buffer;
  readonly known: Map<string, readonly Installed[]>;
}

/**
 * Reads the status file itself, once while it stays the same: starting `dpkg-query` for each package would take longer
 * than everything else.
 *
 * @see feeds.md 7, selection.md 2.5
 */
export function createDpkg(path = dpkgStatusPath): Dpkg {
  let database: Database | null = null;
  let isCurrent = false;
  const current = (): Database | null => {
    if (isCurrent) return database;
    isCurrent = true;
    const stats = statSync(path, { throwIfNoEntry: false });
    const identity = stats === undefined ? '' : `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`;
    if (identity === database?.identity) return database;
    const text = stats === undefined ? null : readStatus(path);
    database = text === null || stats === undefined ? null : openDatabase(identity, stats.mtimeMs, text);
    return database;
  };
  return {
    packages(elements) {
      const packages = elements.flatMap((element) => {
        const { versionExpression } = element;
        const wanted = versionExpression === null ? null : parseVersionExpression(versionExpression);
        const opened = current();
        return opened === null ? [] : findPackages(opened, element, { path, wanted });
      });
      return { packages, notes: [] };
    },
    refresh() {
      isCurrent = false;
    },
  };
}

function openDatabase(identity: string, mtimeMs: number, text: Buffer): Database {
  return { identity, mtime: Math.floor(mtimeMs / 1000), text, known: new Map() };
}

function readStatus(path: string): Buffer | null {
  try {
    // With a line end before the first entry too, so that all begin alike.
    return Buffer.concat([Buffer.from('\n'), readFileSync(path)]);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function findPackages(
  database: Database,
  element: PackageImplementation,
  options: { readonly path: string; readonly wanted: readonly VersionRange[] | null },
): readonly NativePackage[] {
  const name = element.packageName ?? '';
  const { wanted } = options;
  return lookUp(database, name)
    .filter(({ version }) => wanted === null || versionMatches(wanted, version))
    .map(({ version, machine }) => ({
      element,
      id: `package:deb:${name}:${version.text}:${machine}`,
      version,
      cpu: machine === '*' ? null : machine,
      isInstalled: true,
      sizeBytes: null,
      quickTestFile: options.path,
      quickTestMtime: database.mtime,
      main: findMain(element),
    }));
}

function lookUp(database: Database, name: string): readonly Installed[] {
  const found = database.known.get(name);
  if (found !== undefined) return found;
  const { text } = database;
  const packages: Installed[] = [];
  const start = `\nPackage: ${name}\n`;
  // A name with a line end would find lines of other entries.
  let position = name.includes('\n') ? -1 : text.indexOf(start);
  while (position >= 0) {
    const end = text.indexOf('\n\n', position + 1);
    const entry = text.toString('utf8', position, end < 0 ? text.length : end);
    const installed = readEntry(name, entry);
    if (installed !== null) packages.push(installed);
    position = text.indexOf(start, position + start.length - 1);
  }
  database.known.set(name, packages);
  return packages;
}

function readEntry(name: string, entry: string): Installed | null {
  const field = (key: string): string => new RegExp(`\\n${key}: ([^\\n]*)`).exec(entry)?.[1]?.trim() ?? '';
  if (!field('Status').endsWith(' installed')) return null;
  const version = cleanNativeVersion(field('Version'));
  if (version === null) return null;
  return { version: withoutJavaPre(name, version), machine: canonicalCpu(field('Architecture')) };
}

/** `7~u3` is no version before 7 but update 3 of it. @see selection.md 2.5 */
function withoutJavaPre(name: string, version: Version): Version {
  if (name !== 'openjdk-6-jre' && name !== 'openjdk-7-jre') return version;
  const text = formatVersion(version).replace(/^([67])-pre(?=[0-9])/, '$1.');
  return text === version.text ? version : parseVersion(text);
}

/** The program of the same name in the usual folders, if it is not where the feed says. */
function findMain(element: PackageImplementation): string | null {
  const path = element.commands.get('run')?.path ?? null;
  if (path === null || (isAbsolute(path) && existsSync(path))) return null;
  const name = basename(path);
  return name === '' ? null : (binFolders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null);
}
