import { existsSync, statSync } from 'node:fs';
import { machine, type } from 'node:os';
import { hostFromUname } from '../../core/arch/host.ts';
import { userLanguages } from '../../core/feed/languages.ts';
import type { Host } from '../../core/select/world.ts';

/**
 * This machine and its person. The languages come from `env`, or, where it has none, from the system.
 *
 * @param systemLocales such as `de-AT`, best first
 * @see selection.md 5 and 6, feeds.md 7.1
 */
export function createHost(
  env: Readonly<Record<string, string | undefined>>,
  systemLocales: readonly string[] = [],
): Host {
  const { os, cpu } = hostFromUname(
    { system: type(), machine: machine() },
    {
      hasCarbon: existsSync('/System/Library/Frameworks/Carbon.framework'),
      hasProgramFiles32: env['ProgramFiles(x86)'] !== undefined,
    },
  );
  return {
    os,
    cpu,
    hasMultiArch: os !== 'Linux' || existsSync('/lib/ld-linux.so.2'),
    languages: userLanguages(env, systemLocales),
    distribution: detectDistribution(os),
  };
}

/** Whose native packages can be asked about; the first sign found decides. */
function detectDistribution(os: string): string {
  if (isNonEmptyFile('/var/lib/dpkg/status')) return 'Debian';
  if (existsSync('/var/lib/pacman/local')) return 'Arch';
  if (existsSync('/var/lib/rpm/Packages')) return 'RPM';
  if (existsSync('/opt/local/var/macports/registry/registry.db')) return 'MacPorts';
  if (existsSync('/var/db/pkg')) return os === 'Linux' ? 'Gentoo' : 'Ports';
  if (existsSync('/var/log/packages')) return 'Slack';
  if (os === 'MacOSX' || os === 'Darwin') return 'Darwin';
  return os === 'Windows' || os === 'Cygwin' ? os : 'fallback';
}

function isNonEmptyFile(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size > 0;
}
