import type { PackageReplies } from '../select/native-packages.ts';

/** The package manager of the operating system. What is installed is part of the `SelectWorld`; this asks for the rest. */
export interface PackageManagerPort {
  /**
   * Asks what could be installed under some names, which come from feeds. Nothing is installed. Names beyond a limit are
   * left out of the answer; a package manager that is missing, fails or is too slow knows nothing.
   *
   * @throws AppError `cancelled`
   * @see selection.md 14.1
   */
  ask(names: readonly string[], signal: AbortSignal): Promise<PackageReplies>;
}
