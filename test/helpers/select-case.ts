import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { userLanguages } from '../../electron/core/feed/languages.ts';
import type { PackageImplementation } from '../../electron/core/feed/model.ts';
import { escapeName, nameComponents } from '../../electron/core/feed/names.ts';
import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import { canonicalCpu } from '../../electron/core/arch/host.ts';
import { splitArch } from '../../electron/core/arch/arch.ts';
import type { SelectQuery } from '../../electron/core/select/model.ts';
import { failureReason } from '../../electron/core/select/select-failure.ts';
import type { NativePackage, NativePackages, PackageReply } from '../../electron/core/select/native-packages.ts';
import type { FeedLookup, SelectWorld } from '../../electron/core/select/world.ts';
import { cleanNativeVersion } from '../../electron/core/version/native-version.ts';
import { formatVersion } from '../../electron/core/version/version.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { Stability } from '../../shared/model/stability.ts';

/** `case.json` of a selection case; see the README beside the cases. */
export interface SelectCase {
  readonly title: string;
  readonly root: string;
  readonly args: readonly string[];
  readonly config?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly cached_feeds?: Readonly<Record<string, string>>;
  readonly cached_implementations?: readonly string[];
  readonly ratings?: readonly { readonly feed: string; readonly id: string; readonly stability: Stability }[];
  readonly interfaces?: readonly {
    readonly interface: string;
    readonly stability_policy?: Stability;
    readonly extra_feeds?: readonly (string | { readonly src: string; readonly arch?: string })[];
  }[];
  readonly native_feeds?: Readonly<Record<string, string>>;
  readonly site_packages?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly native_packages?: Readonly<Record<string, readonly { readonly version: string; readonly arch: string }[]>>;
  readonly host?: { readonly has_32bit_loader?: boolean };
  readonly expected: {
    readonly selections?: readonly ExpectedSelection[];
    readonly error_kind?: 'no-solution' | 'fatal';
    readonly error?: string;
  };
}

export interface ExpectedSelection {
  readonly interface: string;
  readonly id: string;
  readonly version: string;
  readonly source?: boolean;
  readonly from_feed?: string;
  readonly requires_compilation?: boolean;
  readonly commands?: readonly string[];
}

/** A case made ready: what is asked, and a world in which only what the case says exists. */
export interface LoadedCase {
  readonly data: SelectCase;
  readonly query: SelectQuery;
  readonly world: SelectWorld;
  /** Puts real values for the placeholders of the recorded results. */
  readonly fill: (text: string) => string;
  /** Puts the directory before the name of a file. */
  readonly nameOf: (reference: string) => string;
}

const home = '/home/conformance';
const packageDb = '/var/lib/dpkg/status';
const packageTime = 1_700_000_000;

/** Reads a case from its directory. */
export function loadSelectCase(directory: string): LoadedCase {
  const data = JSON.parse(readFileSync(join(directory, 'case.json'), 'utf8')) as SelectCase;
  const name = (reference: string): string => {
    if (reference.startsWith('distribution:')) return `distribution:${name(reference.slice('distribution:'.length))}`;
    return /^(https?:|\/)/.test(reference) ? reference : join(directory, reference);
  };
  const fill = (text: string) =>
    text
      .replaceAll('{CASE}', directory)
      .replaceAll('{HOME}', home)
      .replaceAll('{PACKAGE_DB}', packageDb)
      .replaceAll('{MTIME}', String(packageTime));
  return {
    data,
    query: readQuery(data, { name, fill }),
    world: new CaseWorld(data, directory, name),
    fill,
    nameOf: name,
  };
}

function readQuery(
  data: SelectCase,
  { name, fill }: { readonly name: (reference: string) => string; readonly fill: (text: string) => string },
): SelectQuery {
  const args = data.args.map(fill);
  const value = (option: string) =>
    args.findLast((arg) => arg.startsWith(`--${option}=`))?.slice(option.length + '--='.length);
  const root = name(data.root);
  const restrictions = new Map<string, string>();
  const [notBefore, before] = [value('not-before'), value('before')];
  if (notBefore !== undefined || before !== undefined) {
    restrictions.set(root, `${notBefore ?? ''}..${before === undefined ? '' : `!${before}`}`);
  }
  const version = value('version');
  if (version !== undefined) restrictions.set(root, version);
  for (const [index, arg] of args.entries()) {
    if (arg === '--version-for') restrictions.set(args[index + 1]!, args[index + 2]!);
  }
  const isSource = args.includes('--source');
  const command = value('command') ?? (isSource ? 'compile' : 'run');
  return {
    requirements: {
      interface: root,
      command: command === '' ? null : command,
      isSource,
      mayCompile: args.includes('--may-compile'),
      os: value('os') ?? null,
      cpu: value('cpu') ?? null,
      restrictions: Object.fromEntries(restrictions),
    },
    policy: {
      networkUse:
        args.includes('--offline') || data.config?.['network_use'] === 'off-line'
          ? 'off-line'
          : data.config?.['network_use'] === 'minimal'
            ? 'minimal'
            : 'full',
      helpWithTesting: data.config?.['help_with_testing'] === 'True',
    },
    packageReplies: new UnknownPackages(),
  };
}

/** The recorded results come from a machine whose apt-cache knew none of the packages. */
class UnknownPackages extends Map<string, PackageReply> {
  override get(name: string): PackageReply {
    return { installable: null, note: `${name}: not known to apt-cache`, warning: null };
  }
}

class CaseWorld implements SelectWorld {
  readonly host: SelectWorld['host'];
  readonly #data: SelectCase;
  readonly #name: (reference: string) => string;
  /** Where feeds are really read from. */
  readonly #files: ReadonlyMap<string, string>;
  /** Directories that the case only pretends to have. */
  readonly #directories = new Set<string>();
  readonly #sites = new Map<string, readonly string[]>();
  readonly #lookups = new Map<string, FeedLookup>();

  constructor(data: SelectCase, directory: string, name: (reference: string) => string) {
    this.#data = data;
    this.#name = name;
    this.host = {
      os: 'Linux',
      cpu: 'x86_64',
      hasMultiArch: data.host?.has_32bit_loader ?? false,
      languages: userLanguages(data.env ?? {}),
      distribution: 'Debian',
    };
    const files = new Map(
      Object.entries(data.cached_feeds ?? {}).map(([uri, file]): [string, string] => [uri, join(directory, file)]),
    );
    for (const [uri, builds] of Object.entries(data.site_packages ?? {})) {
      const base = join(home, '.local/share/0install.net/site-packages', ...nameComponents(uri));
      const feeds = Object.entries(builds).map(([build, file]) => {
        const feed = join(base, build, '0install/feed.xml');
        this.#directories.add(dirname(dirname(feed)));
        files.set(feed, join(directory, file));
        return feed;
      });
      this.#sites.set(uri, feeds);
    }
    this.#files = files;
  }

  feed(name: string): FeedLookup {
    const known = this.#lookups.get(name);
    if (known !== undefined) return known;
    const lookup = this.#read(name);
    this.#lookups.set(name, lookup);
    return lookup;
  }

  interfacePreferences(uri: string): ReturnType<SelectWorld['interfacePreferences']> {
    const found = this.#data.interfaces?.find((one) => this.#name(one.interface) === uri);
    const feeds = (found?.extra_feeds ?? []).map((entry) => {
      const { src, arch = '*-*' } = typeof entry === 'string' ? { src: entry } : entry;
      return { src: this.#name(src), ...splitArch(arch) };
    });
    return { policy: found?.stability_policy ?? null, feeds };
  }

  feedPreferences(feed: string): ReturnType<SelectWorld['feedPreferences']> {
    const rated = (this.#data.ratings ?? []).filter((one) => this.#name(one.feed) === feed);
    return { lastChecked: null, ratings: new Map(rated.map(({ id, stability }) => [id, stability])) };
  }

  nativeFeed(uri: string): string | null {
    const entry = Object.entries(this.#data.native_feeds ?? {}).find(([name]) => this.#name(name) === uri);
    return entry === undefined ? null : this.#name(entry[1]);
  }

  sitePackages(uri: string): readonly string[] {
    return this.#sites.get(uri) ?? [];
  }

  stored(directories: readonly string[]): { readonly path: string; readonly store: string } | null {
    const found = directories.find((one) => this.#data.cached_implementations?.includes(one));
    return found === undefined
      ? null
      : { path: join(home, '.cache/0install.net/implementations', found), store: 'user' };
  }

  exists(path: string): boolean {
    return this.#directories.has(path) || existsSync(path);
  }

  packages(_feed: string, elements: readonly PackageImplementation[]): NativePackages {
    const packages = elements.flatMap((element): NativePackage[] => {
      const installed = this.#data.native_packages?.[element.packageName ?? ''] ?? [];
      return installed.flatMap(({ version: written, arch }): NativePackage[] => {
        const version = cleanNativeVersion(written);
        if (version === null) return [];
        const cpu = canonicalCpu(arch);
        return [
          {
            element,
            id: `package:deb:${element.packageName ?? ''}:${formatVersion(version)}:${cpu}`,
            distribution: 'Debian',
            version,
            cpu: cpu === '*' ? null : cpu,
            isInstalled: true,
            sizeBytes: null,
            quickTestFile: packageDb,
            quickTestMtime: packageTime,
            main: null,
          },
        ];
      });
    });
    return { packages, warnings: [] };
  }

  #read(name: string): FeedLookup {
    const isLocal = name.startsWith('/');
    const file = this.#files.get(name) ?? (isLocal ? name : null);
    if (file === null || !existsSync(file)) return { status: 'missing' };
    try {
      return { status: 'ready', feed: parseFeed(readFileSync(file, 'utf8'), { name, isLocal }) };
    } catch (error) {
      const reason = failureReason(error);
      if (reason === null) throw error;
      if (!isLocal)
        return { status: 'bad', reason: reason.replaceAll(`at ${name}:`, `at ${cacheFile(name)}:`), isFatal: true };
      const isNoFeed = isAppError(error, 'bad-xml') || /^(Expected <interface>|Element not in namespace)/.test(reason);
      return { status: 'bad', reason, isFatal: false, isNoFeed };
    }
  }
}

function cacheFile(uri: string): string {
  return join(home, '.cache/0install.net/interfaces', escapeName(uri));
}
