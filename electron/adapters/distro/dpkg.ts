import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import type { PackageImplementation } from '../../core/feed/model.ts';
import type { NativePackages } from '../../core/select/native-packages.ts';
import { isAbsence } from '../files.ts';
import { readDebianPackage, unreadableVersion, type DebianPackage } from './debian-fields.ts';
import type { Distro } from './distro.ts';

/** Where Debian keeps what is installed. */
export const dpkgStatusPath = '/var/lib/dpkg/status';

const binFolders = ['/usr/bin', '/bin', '/usr/sbin', '/sbin'];

interface Installed {
  readonly packages: readonly DebianPackage[];
  readonly warnings: readonly string[];
}

interface Database {
  readonly path: string;
  readonly identity: string;
  /** Seconds. */
  readonly mtime: number;
  readonly text: Buffer;
  readonly known: Map<string, Installed>;
}

/**
 * The packages Debian's package manager has installed. Reads the status file itself, once while it stays the same:
 * starting `dpkg-query` for each package would take longer than everything else.
 *
 * @see feeds.md 7, selection.md 2.5
 */
export function createDpkg(path = dpkgStatusPath): Distro {
  let database: Database | null = null;
  let isCurrent = false;
  const current = (): Database | null => {
    if (!isCurrent) database = openDatabase(path, database);
    isCurrent = true;
    return database;
  };
  return {
    packages(_feed, elements) {
      const found = elements.map((element) => findPackages(current(), element));
      return {
        packages: found.flatMap(({ packages }) => packages),
        warnings: [...new Set(found.flatMap(({ warnings }) => warnings))],
      };
    },
    refresh() {
      isCurrent = false;
    },
  };
}

/** The database as it is now: the one already read, if the file is still the same. */
function openDatabase(path: string, known: Database | null): Database | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  const identity = `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`;
  if (identity === known?.identity) return known;
  const text = readStatus(path);
  return text === null ? null : { path, identity, mtime: Math.floor(stats.mtimeMs / 1000), text, known: new Map() };
}

function readStatus(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function findPackages(database: Database | null, element: PackageImplementation): NativePackages {
  const installed = database === null ? null : lookUp(database, element.packageName ?? '');
  const packages = (installed?.packages ?? []).map(({ id, version, machine }) => ({
    element,
    id,
    distribution: 'Debian',
    version,
    cpu: machine === '*' ? null : machine,
    isInstalled: true,
    sizeBytes: null,
    quickTestFile: database?.path ?? null,
    quickTestMtime: database?.mtime ?? null,
    main: findMain(element, machine),
  }));
  return { packages, warnings: installed?.warnings ?? [] };
}

/** By `NAME` in all its architectures, or `NAME:ARCHITECTURE`. */
function lookUp(database: Database, wanted: string): Installed {
  const known = database.known.get(wanted);
  if (known !== undefined) return known;
  const [name = '', architecture = null] = wanted.split(':', 2);
  const packages: DebianPackage[] = [];
  const warnings: string[] = [];
  for (const entry of entriesOf(database.text, name)) {
    const field = (key: string): string => new RegExp(`\\n${key}: ([^\\n]*)`).exec(entry)?.[1]?.trim() ?? '';
    const machine = field('Architecture');
    if (!field('Status').endsWith(' installed') || (architecture !== null && machine !== architecture)) continue;
    const version = field('Version');
    const read = readDebianPackage(wanted, version, machine);
    if (read === null) warnings.push(unreadableVersion(wanted, version));
    else packages.push(read);
  }
  const installed = { packages, warnings };
  database.known.set(wanted, installed);
  return installed;
}

function* entriesOf(text: Buffer, name: string): Generator<string> {
  // A name with a line end would find lines of other entries.
  if (name.includes('\n')) return;
  const line = `Package: ${name}\n`;
  const isFirst = text.subarray(0, line.length).equals(Buffer.from(line));
  for (let start = isFirst ? 0 : text.indexOf(`\n${line}`); start >= 0; start = text.indexOf(`\n${line}`, start + 1)) {
    const end = text.indexOf('\n\n', start);
    yield text.toString('utf8', start, end < 0 ? text.length : end);
  }
}

/** Where the program of a package is, if it is not where the feed says: the same name in the usual folders. */
function findMain({ commands, packageName }: PackageImplementation, machine: string): string | null {
  const path = commands.get('run')?.path ?? null;
  if (path === null) return null;
  const java = /^openjdk-([67])-jre$/.exec(packageName ?? '')?.[1];
  if (java !== undefined) return findJava(java, machine);
  if (isAbsolute(path) && existsSync(path)) return null;
  const name = basename(path);
  return name === '' ? null : (binFolders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null);
}

/** Several may be installed, and `/usr/bin/java` is only one of them. */
function findJava(version: string, machine: string): string {
  const folder = `/usr/lib/jvm/java-${version}-openjdk`;
  const programs = [`${folder}-${machine === 'x86_64' ? 'amd64' : machine}`, folder].map(
    (base) => `${base}/jre/bin/java`,
  );
  return programs.find((file) => existsSync(file)) ?? '/usr/bin/java';
}
