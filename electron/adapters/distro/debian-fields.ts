import { canonicalCpu } from '../../core/arch/host.ts';
import type { Version } from '../../core/version/model.ts';
import { cleanNativeVersion } from '../../core/version/native-version.ts';
import { formatVersion, parseVersion } from '../../core/version/version.ts';

/** The version and machine of a package as feeds have them. `machine` is `*` for any. */
export interface DebianPackage {
  readonly id: string;
  readonly version: Version;
  readonly machine: string;
}

/** Reads what dpkg and apt write about a package; null if no version can be made of it. @see selection.md 2.5 */
export function readDebianPackage(name: string, version: string, architecture: string): DebianPackage | null {
  const cleaned = cleanNativeVersion(version);
  if (cleaned === null) return null;
  const real = withoutJavaPre(name, cleaned);
  // `kfreebsd-amd64`: another kernel, the same processor.
  const machine = canonicalCpu(architecture.slice(architecture.indexOf('-') + 1));
  return { id: `package:deb:${name}:${real.text}:${machine}`, version: real, machine };
}

/** The words of the reference for a version without a number. */
export function unreadableVersion(name: string, version: string): string {
  return `Can't parse distribution version '${version}' for package '${name}'`;
}

/** `7~u3` is no version before 7 but update 3 of it. */
function withoutJavaPre(name: string, version: Version): Version {
  if (name !== 'openjdk-6-jre' && name !== 'openjdk-7-jre') return version;
  const text = formatVersion(version).replace(/^([67])-pre(?=[0-9])/, '$1.');
  return text === version.text ? version : parseVersion(text);
}
