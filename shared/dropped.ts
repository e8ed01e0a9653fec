/** What was dropped on the window, as the question whether to add it shows it. */
export interface DroppedItem {
  /** What a person calls it: an address, or the name of a file. */
  readonly name: string;
  /** Of a feed: its URL, or its path on this computer; `null` for what is none. */
  readonly address: string | null;
  /** Why it cannot be added. */
  readonly problem: 'archive' | 'not-url' | 'no-feed' | 'folder' | 'unreadable' | null;
}

/** More than that nobody drops on purpose. */
export const mostDropped = 100;

const longestAddress = 4096;
const archiveEnding = /\.(tar|tar\.\w+|tgz|tbz2?|txz|zip|7z|exe|msi|rpm|deb|dmg|appimage|jar|whl)$/i;
const ownLink = /^(?:zero-install|web\+zeroinstall):(?=https?:\/\/)/i;

/** Whether something is called like an archive or installer, which a feed is often confused with. */
export function isArchiveName(name: string): boolean {
  return archiveEnding.test(name.replace(/[?#].*$/, ''));
}

/** The lines of a `text/uri-list`, or of a text that was dragged: addresses without their `zero-install:`. */
export function linksIn(text: string): readonly string[] {
  return text
    .slice(0, longestAddress * mostDropped)
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(0, mostDropped)
    .map((line) => line.replace(ownLink, ''));
}

/** Judges an address before anything is fetched. */
export function toDroppedLink(address: string): DroppedItem {
  const name = address.slice(0, longestAddress);
  const isAddress = name === address && /^https?:\/\/[^\s\p{Cc}]+$/iu.test(address);
  if (isArchiveName(address)) return { name, address: null, problem: 'archive' };
  return isAddress ? { name, address, problem: null } : { name, address: null, problem: 'not-url' };
}

/**
 * The address that a file with a link in it names: `.url` of Windows, `.desktop` of Linux, `.webloc` of macOS.
 *
 * @returns null if it names none
 */
export function linkInFile(name: string, text: string): string | null {
  const lower = name.toLowerCase();
  if (lower.endsWith('.webloc'))
    return /<string>\s*(https?:[^<]*?)\s*<\/string>/i.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null;
  const group = lower.endsWith('.url') ? 'InternetShortcut' : 'Desktop Entry';
  const lines = text.split(/\r?\n/);
  const from = lines.findIndex((line) => line.trim().toLowerCase() === `[${group.toLowerCase()}]`);
  if (from < 0) return null;
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => line.trimStart().startsWith('['));
  const link = (end < 0 ? rest : rest.slice(0, end)).find((line) => /^\s*URL\s*=/i.test(line));
  return link === undefined ? null : (linksIn(link.slice(link.indexOf('=') + 1))[0] ?? null);
}
