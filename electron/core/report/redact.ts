/** What of this computer must not be told. */
export interface Personal {
  /** Directories and what stands for them. */
  readonly places: readonly (readonly [path: string, sign: string])[];
  readonly userName: string;
  readonly hostName: string;
}

/** Names that say nothing about anybody. */
const everyones = ['root', 'user', 'admin', 'localhost', 'localdomain'];

/**
 * Takes out of a text what tells who somebody is: personal directories, the names of the user and the computer, and user names and
 * passwords in addresses.
 */
export function redact(text: string, { places, userName, hostName }: Personal): string {
  let clean = text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/?#"'<>]*@/gi, '$1');
  const longestFirst = [...places].filter(([path]) => path.length > 1).sort(([a], [b]) => b.length - a.length);
  for (const [path, sign] of longestFirst) {
    // In JSON the backslashes of a path are doubled.
    for (const written of new Set([path, path.replaceAll('\\', '\\\\')])) clean = replacePath(clean, written, sign);
  }
  clean = clean.replace(/([\\/])(home|Users)(\\\\|[\\/])[^\\/\s"']+/g, '$1$2$3USER');
  for (const [name, sign] of [
    [userName, 'USER'],
    [hostName, 'HOST'],
  ] as const) {
    if (name.length >= 3 && !everyones.includes(name.toLowerCase())) clean = clean.replace(wordOf(name), sign);
  }
  return clean;
}

/** Only where the path ends there: `/home/ada` is no part of `/home/adam`. */
function replacePath(text: string, path: string, sign: string): string {
  return text.replace(new RegExp(`${escape(path)}(?![\\p{L}\\p{N}_.-])`, 'gu'), () => sign);
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${escape(name)}(?![\\p{L}\\p{N}_])`, 'giu');
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
