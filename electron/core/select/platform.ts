import { cpuRank, osRank } from '../arch/arch.ts';
import type { Dependency } from '../feed/model.ts';
import type { Requirements } from './model.ts';
import type { Host } from './world.ts';

/** The system selections are made for. */
export interface Platform {
  readonly os: string;
  readonly cpu: string;
  readonly hasMultiArch: boolean;
}

/**
 * The target of some requirements: this machine unless they name another system or processor.
 *
 * @see selection.md 4 and 5.3
 */
export function targetPlatform(requirements: Requirements, host: Host): Platform {
  const wanted = (name: string | null) => (name === null || name === '' || name === '*' ? null : name);
  const os = wanted(requirements.os) ?? host.os;
  // The 32-bit loader is a matter of Linux only; other systems always bring it.
  return { os, cpu: wanted(requirements.cpu) ?? host.cpu, hasMultiArch: os !== 'Linux' || host.hasMultiArch };
}

/** Whether something for a system (`null` = any) runs on the target. */
export function runsOnOs(platform: Platform, os: string | null): boolean {
  return osRank(platform.os, os) !== null;
}

/** Whether something for a processor (`null` = any) runs on the target; source code does not. */
export function runsOnCpu(platform: Platform, cpu: string | null): boolean {
  return cpuRank(platform.cpu, cpu, platform.hasMultiArch) !== null;
}

/**
 * Whether a dependency takes part: its system runs here, and it is not for some other use.
 *
 * @see selection.md 9
 */
export function applies(dependency: Dependency, platform: Platform, rootCommand: string | null): boolean {
  if (dependency.use !== null && !(dependency.use === 'testing' && rootCommand === 'test')) return false;
  return dependency.os === null || runsOnOs(platform, dependency.os);
}
