import { AppError } from '../../../shared/errors/app-error.ts';

/** Which characters of a settings file's name the system allows. */
export type NamePlatform = 'posix' | 'windows';

/**
 * ESCAPE: names a cached feed's file.
 *
 * @see feeds.md 17
 */
export function escapeName(name: string): string {
  return name.replace(/[^A-Za-z0-9_.-]/gu, percent);
}

/** PRETTY: names a settings file so that a person can read it. */
export function prettyName(name: string, platform: NamePlatform): string {
  const foreign = platform === 'windows' ? /[^A-Za-z0-9_./-]/gu : /[^A-Za-z0-9_./:-]/gu;
  return name.replace(foreign, percent).replaceAll('/', '#');
}

/** Undoes ESCAPE and PRETTY. Bytes that are no UTF-8 become replacement characters. */
export function unescapeName(text: string): string {
  return text.replaceAll('#', '/').replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => decode(run.slice(1).split('%')));
}

/** UNDERSCORE: a part of a path that also build tools can live with. */
export function underscoreName(name: string): string {
  // A leading dot would hide the directory, and `.` and `..` would leave it.
  return name
    .replace(/[^A-Za-z0-9./\u0080-\u{10ffff}-]/gu, (character) => `_${(character.codePointAt(0) ?? 0).toString(16)}_`)
    .replace(/^\./, '_2e_')
    .replaceAll('/', '__');
}

/** Undoes UNDERSCORE. */
export function unescapeUnderscore(text: string): string {
  return text.replace(/__|(?:_[0-9a-fA-F]{1,2}_)+/g, (run) =>
    run === '__' ? '/' : decode(run.slice(1, -1).split('__')),
  );
}

/**
 * COMPONENTS: the folders under `site-packages` in which local builds of an interface lie.
 *
 * @throws AppError `bad-url` if it is neither a complete http(s) URL nor an absolute path
 */
export function nameComponents(uri: string): readonly string[] {
  if (uri.startsWith('/')) return ['file', underscoreName(uri.slice(1))];
  const start = /^https?:\/\//.exec(uri)?.[0].length;
  const slash = start === undefined ? -1 : uri.indexOf('/', start);
  if (start === undefined || slash < 0) {
    throw new AppError('bad-url', { url: uri, reason: `Invalid URL '${uri}' (missing third slash)` });
  }
  return ['http', underscoreName(uri.slice(start, slash)), underscoreName(uri.slice(slash + 1))];
}

function percent(character: string): string {
  return Array.from(new TextEncoder().encode(character), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

function decode(hex: readonly string[]): string {
  return new TextDecoder().decode(Uint8Array.from(hex, (byte) => Number.parseInt(byte, 16)));
}
