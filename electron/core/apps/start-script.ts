/** The script that the reference writes to start an app by its name; it knows its own by nothing else. */
export function referenceScript(name: string): string {
  return `#!/bin/sh\nexec 0install run ${name} "$@"\n`;
}

/**
 * Chooses the directory for start scripts.
 *
 * @param options.path the entries of `PATH`
 * @param options.isWritable whether this user may write there
 * @param options.cacheDirs never inside one of these
 * @returns the directory, and whether commands in it are found
 * @see execution.md 8.4
 */
export function chooseScriptDir(options: {
  readonly home: string;
  readonly path: readonly string[];
  readonly cacheDirs: readonly string[];
  readonly isWritable: (directory: string) => boolean;
}): { readonly directory: string; readonly isInPath: boolean } {
  const { home, path, cacheDirs, isWritable } = options;
  const own = [`${home}/.local/bin`, `${home}/bin`].find((directory) => path.includes(directory));
  if (own !== undefined) return { directory: own, isInPath: true };
  const isSystem = (directory: string): boolean =>
    directory !== '/usr/local/bin' && /^\/(?:bin|sbin|usr)(?:\/|$)/.test(directory);
  const isCache = (directory: string): boolean => cacheDirs.some((cache) => `${directory}/`.startsWith(`${cache}/`));
  const other = path.find(
    (directory) => directory.startsWith('/') && !isSystem(directory) && !isCache(directory) && isWritable(directory),
  );
  if (other !== undefined) return { directory: other, isInPath: true };
  return { directory: `${home}/bin`, isInPath: false };
}
