import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PackageImplementation } from '../../core/feed/model.ts';
import type { PackageManagerPort } from '../../core/ports/package-manager.ts';
import type { NativePackages } from '../../core/select/native-packages.ts';
import type { Host } from '../../core/select/world.ts';
import { createAptCache } from './apt-cache.ts';
import { createDpkg, dpkgStatusPath } from './dpkg.ts';
import { createHostPython } from './host-python.ts';

/** What a distribution has installed. One file each; `createDistro` chooses. */
export interface Distro {
  /** The installed packages that the elements of a feed stand for. Answers stay the same until `refresh`. */
  packages(feed: string, elements: readonly PackageImplementation[]): NativePackages;
  /** Looks again, if anything has changed. */
  refresh(): void;
}

type Env = Readonly<Record<string, string | undefined>>;

const nothing: NativePackages = { packages: [], warnings: [] };
const noDistro: Distro = { packages: () => nothing, refresh: () => undefined };
const dpkgFolder = dirname(dpkgStatusPath);

/** The packages of this host. Where no package manager is known, the Python that people have put on their path counts. */
export function createDistro({ distribution, cpu }: Host, env: Env): Distro {
  switch (distribution) {
    case 'Debian':
      return createDpkg();
    case 'fallback':
    case 'Darwin':
      // With dpkg's folder but nothing in it, a package manager is there after all, and Python is its business.
      return existsSync(dpkgFolder) ? noDistro : createHostPython({ cpu, env });
    default:
      return noDistro;
  }
}

/** The package manager of this host, for what is not installed. */
export function createPackageManager({ distribution }: Host, env: Env): PackageManagerPort {
  if (distribution === 'Debian') return createAptCache(env);
  return {
    ask: (names) => {
      const note = (name: string): string => `${name}: PackageKit not available: there is no D-BUS support`;
      const replies = names.map((name) => [name, { installable: null, note: note(name), warning: null }] as const);
      return Promise.resolve(new Map(replies));
    },
  };
}
