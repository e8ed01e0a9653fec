import { homedir } from 'node:os';
import { join } from 'node:path';

/** The directories of a user, first one is written to, all are read in order. @see store.md 1.1, feeds.md 16.1 */
export interface Paths {
  readonly config: readonly string[];
  readonly cache: readonly string[];
  readonly data: readonly string[];
  /** Ours alone: window, library, logs. */
  readonly state: string;
  readonly home: string;
  readonly isPortable: boolean;
}

/** Name and default. */
type Variable = readonly [name: string, fallback: string];

const brand = '0install.net';

/**
 * Finds the base directories from the environment. `ZEROINSTALL_PORTABLE_BASE` moves everything under one folder without
 * system directories. An empty `XDG_*_HOME` counts as unset; empty entries of `XDG_*_DIRS` are dropped.
 */
export function createPaths(env: Readonly<Record<string, string | undefined>>, home = homedir()): Paths {
  const base = env['ZEROINSTALL_PORTABLE_BASE'];
  if (base) {
    return {
      config: [join(base, 'config')],
      cache: [join(base, 'cache')],
      data: [join(base, 'data')],
      state: join(base, 'state', 'zerodesk'),
      home,
      isPortable: true,
    };
  }
  /** A variable with one directory and its default, then one with a list of them and its default. */
  const all = ([own, ownDefault]: Variable, [system, systemDefault]: Variable): readonly string[] => {
    const list = (env[system] ?? systemDefault).split(':').filter((entry) => entry !== '');
    return [env[own] || join(home, ownDefault), ...list].map((directory) => join(directory, brand));
  };
  return {
    config: all(['XDG_CONFIG_HOME', '.config'], ['XDG_CONFIG_DIRS', '/etc/xdg']),
    cache: all(['XDG_CACHE_HOME', '.cache'], ['XDG_CACHE_DIRS', '/var/cache']),
    data: all(['XDG_DATA_HOME', '.local/share'], ['XDG_DATA_DIRS', '/usr/local/share:/usr/share']),
    state: join(env['XDG_STATE_HOME'] || join(home, '.local/state'), 'zerodesk'),
    home,
    isPortable: false,
  };
}
