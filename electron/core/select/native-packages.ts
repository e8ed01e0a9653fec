import type { PackageImplementation } from '../feed/model.ts';
import type { Version } from '../version/model.ts';

/** A package that the operating system has, or could install, for an element of a feed. */
export interface NativePackage {
  /** What the feed says about it; for the Python of the host, what a feed would say. */
  readonly element: PackageImplementation;
  /** `package:deb:NAME:VERSION:MACHINE` */
  readonly id: string;
  /** As in `distribution=` of dependencies: `Debian`, …, or `host`. */
  readonly distribution: string;
  readonly version: Version;
  readonly cpu: string | null;
  readonly isInstalled: boolean;
  /** Of the download, if it is not installed and the package manager said. */
  readonly sizeBytes: number | null;
  readonly quickTestFile: string | null;
  /** Seconds. */
  readonly quickTestMtime: number | null;
  /** Absolute path of the `run` program after the search of feeds.md 7; `null`: as the element says. */
  readonly main: string | null;
}

/** What is installed, and problems for the log. */
export interface NativePackages {
  readonly packages: readonly NativePackage[];
  readonly warnings: readonly string[];
}

/** What a package manager could install under one name. Plain data. */
export interface InstallablePackage {
  /** `package:deb:NAME:VERSION:MACHINE` */
  readonly id: string;
  /** Cleaned. @see selection.md 2.5 */
  readonly version: string;
  /** `null` = any. */
  readonly cpu: string | null;
  readonly sizeBytes: number | null;
}

/** What a package manager answered about a name. Plain data. */
export interface PackageReply {
  readonly installable: InstallablePackage | null;
  /** For failure reports, such as `NAME: not known to apt-cache`. */
  readonly note: string | null;
  /** For the log. */
  readonly warning: string | null;
}

/** What the package manager has been asked about, by package name. */
export type PackageReplies = ReadonlyMap<string, PackageReply>;
