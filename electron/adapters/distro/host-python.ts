import { execFileSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import type { Command, PackageImplementation } from '../../core/feed/model.ts';
import type { NativePackage, NativePackages } from '../../core/select/native-packages.ts';
import { parseVersion } from '../../core/version/version.ts';
import { zeroInstallNamespace, type Attributes, type XmlElement } from '../../core/xml/element.ts';
import { findProgram } from '../find-program.ts';
import type { Distro } from './distro.ts';

/** Where to search, and what the machine runs. */
export interface HostPythonOptions {
  readonly cpu: string;
  /** For `PATH`, and handed to Python. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For one Python, milliseconds. */
  readonly limitMs?: number;
}

type Kind = 'python' | 'python-gobject';

/** The feeds that stand for Python itself; no others are offered the host's. */
const feeds: ReadonlyMap<string, Kind> = new Map([
  ['http://repo.roscidus.com/python/python', 'python'],
  ['https://apps.0install.net/python/python.xml', 'python'],
  ['http://repo.roscidus.com/python/python-gobject', 'python-gobject'],
  ['https://apps.0install.net/python/pygobject.xml', 'python-gobject'],
]);

/** Of two with the same version the last counts. */
const programs = ['python', 'python2', 'python3'];

/** Tells, as JSON, file and version of Python and of its GObject bindings. Runs on every Python from 2.6 on. */
const script = `
import json, sys
numbers = [part for part in sys.version_info if isinstance(part, int)]
told = {'python': [sys.executable, '.'.join(map(str, numbers))]}
try:
    import gi
    from gi.repository import GObject
    library = gi.Repository.get_default().get_typelib_path('GObject')
    told['python-gobject'] = [library, gi.__version__]
except Exception:
    pass
sys.stdout.write(json.dumps(told))
`;

/** A file that is there as long as the program or library is, and its version. */
interface Facts {
  readonly file: string;
  readonly version: string;
}

/** What one program said, as long as it stays the same file. */
interface Probe {
  readonly identity: string;
  readonly facts: Readonly<Record<Kind, Facts | null>>;
  readonly warning: string | null;
}

/**
 * Offers the Python programs on the path, and their GObject bindings, to the feeds that stand for them. Each is started
 * once to tell its version, and again when its file has changed.
 *
 * @see feeds.md 7.1
 */
export function createHostPython({ cpu, env, limitMs = 10_000 }: HostPythonOptions): Distro {
  const probes = new Map<string, Probe>();
  let current: readonly Probe[] | null = null;

  const look = (): readonly Probe[] =>
    programs.flatMap((name) => {
      const path = findProgram(name, { PATH: env['PATH'] ?? '' });
      if (path === null) return [];
      const identity = identityOf(path);
      const known = probes.get(path);
      const probe = known?.identity === identity ? known : { identity, ...ask(path, env, limitMs) };
      probes.set(path, probe);
      return [probe];
    });

  return {
    packages(feed): NativePackages {
      const kind = feeds.get(feed);
      if (kind === undefined) return { packages: [], warnings: [] };
      current ??= look();
      const byId = new Map<string, NativePackage>();
      for (const { facts } of current) {
        const native = toPackage(kind, facts[kind], { feed, cpu });
        if (native !== null) byId.set(native.id, native);
      }
      return {
        packages: [...byId.values()],
        warnings: current.flatMap(({ warning }) => (warning === null ? [] : [warning])),
      };
    },
    refresh() {
      current = null;
    },
  };
}

function ask(path: string, env: HostPythonOptions['env'], limitMs: number): Omit<Probe, 'identity'> {
  try {
    const text = execFileSync(path, ['-c', script], {
      env,
      encoding: 'utf8',
      timeout: limitMs,
      killSignal: 'SIGKILL',
      maxBuffer: 65_536,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const told: unknown = JSON.parse(text);
    return {
      facts: { python: readFacts(told, 'python'), 'python-gobject': readFacts(told, 'python-gobject') },
      warning: null,
    };
  } catch {
    return {
      facts: { python: null, 'python-gobject': null },
      warning: `Failed to get details from Python: ${path} does not tell its version`,
    };
  }
}

/** Programs on the path may be anything, so what they print is checked. */
function readFacts(told: unknown, kind: Kind): Facts | null {
  const entry: unknown = typeof told === 'object' && told !== null ? Reflect.get(told, kind) : undefined;
  const [file, version] = Array.isArray(entry) ? (entry as readonly unknown[]) : [];
  if (typeof file !== 'string' || !isAbsolute(file)) return null;
  if (typeof version !== 'string' || !/^[0-9]{1,9}(\.[0-9]{1,9}){0,7}$/.test(version)) return null;
  return { file, version };
}

function toPackage(
  kind: Kind,
  facts: Facts | null,
  { feed, cpu }: { readonly feed: string; readonly cpu: string },
): NativePackage | null {
  const stats = facts === null ? undefined : statSync(facts.file, { throwIfNoEntry: false });
  if (facts === null || stats === undefined) return null;
  const version = parseVersion(facts.version);
  const main = kind === 'python' ? facts.file : null;
  return {
    element: toElement({ name: `host-${kind}`, feed, main }),
    id: `package:host:${kind}:${version.text}`,
    distribution: 'host',
    version,
    cpu,
    isInstalled: true,
    sizeBytes: null,
    quickTestFile: facts.file,
    quickTestMtime: Math.floor(stats.mtimeMs / 1000),
    main,
  };
}

/** What a feed would say about it. */
function toElement(about: {
  readonly name: string;
  readonly feed: string;
  readonly main: string | null;
}): PackageImplementation {
  const { name, feed, main } = about;
  const element = (elementName: string, attributes: Attributes): XmlElement => ({
    namespace: zeroInstallNamespace,
    name: elementName,
    attributes,
    children: [],
    text: '',
    line: 0,
    column: 0,
  });
  const run = (path: string): Command => ({
    name: 'run',
    path,
    dependencies: [],
    bindings: [],
    element: element('command', { name: 'run', path }),
  });
  return {
    fromFeed: feed,
    attributes: { package: name },
    os: null,
    cpu: null,
    langs: [],
    commands: new Map(main === null ? [] : [['run', run(main)]]),
    dependencies: [],
    bindings: [],
    element: element('package-implementation', { package: name }),
    packageName: name,
    distributions: [],
    versionExpression: null,
    main,
  };
}

function identityOf(path: string): string {
  const { mtimeMs, size, ino } = statSync(path);
  return `${realpathSync(path)} ${mtimeMs} ${size} ${ino}`;
}
