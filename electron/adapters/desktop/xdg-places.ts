import { isAbsolute, join } from 'node:path';
import { homedir } from 'node:os';

/** Where a freedesktop system keeps what desktops show. */
export interface XdgPlaces {
  /** Folders of menu entries, this user's first. */
  readonly applications: readonly [string, ...string[]];
  /** Folders of the MIME database, this user's first. */
  readonly mime: readonly [string, ...string[]];
  /** This user's `hicolor` theme. */
  readonly icons: string;
  /** This user's entries for the start of a session. */
  readonly autostart: string;
  /** Nothing above these is ever removed. */
  readonly roots: readonly string[];
}

/** Relative paths in the variables count as unset. @see XDG Base Directory Specification 0.8 */
export function findXdgPlaces(env: Readonly<Record<string, string | undefined>>, home = homedir()): XdgPlaces {
  const own = (name: string, fallback: string): string => {
    const value = env[name] ?? '';
    return isAbsolute(value) ? value : join(home, fallback);
  };
  const data = own('XDG_DATA_HOME', '.local/share');
  const config = own('XDG_CONFIG_HOME', '.config');
  const shared = (env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share')
    .split(':')
    .filter((entry) => isAbsolute(entry));
  const inData = (name: string): [string, ...string[]] => [
    join(data, name),
    ...shared.map((directory) => join(directory, name)),
  ];
  return {
    applications: inData('applications'),
    mime: inData('mime'),
    icons: join(data, 'icons/hicolor'),
    autostart: join(config, 'autostart'),
    roots: [data, config],
  };
}
