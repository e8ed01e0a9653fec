import { isAppError } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';

/** The mirror that the reference uses, by https. */
export const defaultMirror = 'https://roscidus.com/0mirror';

/** Names that mean something only here, or are reserved for never meaning anything. */
const localSuffixes = ['.local', '.localhost', '.test', '.invalid', '.internal', '.lan', '.home.arpa', '.example'];

const networkFailures: readonly ErrorCode[] = [
  'network-unreachable',
  'host-unknown',
  'http-status',
  'bad-redirect',
  'download-timeout',
  'download-cut-off',
  'download-too-large',
  'download-too-slow',
  'download-changed',
  'bad-answer',
  'wrong-size',
];

/** Whether a download failed in a way that another source may cure. @see trust-and-download.md 7.1, 8.3 */
export function isNetworkFailure(error: unknown): boolean {
  return isAppError(error) && networkFailures.includes(error.code);
}

/** Where a mirror keeps a feed; `null` if this URL may not be asked of a mirror. */
export function feedMirrorUrl(mirror: string, feed: string): string | null {
  const directory = feedDirectory(mirror, feed);
  return directory === null ? null : `${directory}/latest.xml`;
}

/** Where a mirror keeps a key, by its 16-digit id. */
export function keyMirrorUrl(mirror: string, keyId: string): string {
  return `${mirror}/keys/${keyId}.gpg`;
}

/** Where a mirror keeps an archive; `null` if this URL may not be asked of a mirror. */
export function archiveMirrorUrl(mirror: string, href: string): string | null {
  if (splitPublicUrl(href) === null) return null;
  return `${mirror}/archive/${percentEncode(href.replaceAll('/', '#'))}`;
}

/** Where a mirror keeps a whole implementation of a remote feed, as a tar.bz2; `null` as for the feed. */
export function implementationMirrorUrl(mirror: string, feed: string, id: string): string | null {
  const directory = feedDirectory(mirror, feed);
  return directory === null ? null : `${directory}/impl/${escapeSlashes(id)}`;
}

/** Where a mirror searches. */
export function searchMirrorUrl(mirror: string, query: string): string {
  return `${mirror}/search/?q=${percentEncode(query)}`;
}

function feedDirectory(mirror: string, feed: string): string | null {
  const parts = splitPublicUrl(feed);
  if (parts === null) return null;
  return `${mirror}/feeds/${parts.scheme}/${parts.authority}/${escapeSlashes(parts.path)}`;
}

interface UrlParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
}

/** The parts of a URL that a stranger may be told about and can know anything about. */
function splitPublicUrl(url: string): UrlParts | null {
  const match = /^(https?):\/\/([^/]+)\/([^#]+)$/.exec(url);
  if (match === null || !URL.canParse(url)) return null;
  const [, scheme = '', authority = '', path = ''] = match;
  if (authority.includes('@') || authority.startsWith('.') || path.startsWith('.')) return null;
  return isPublicHost(new URL(url).hostname) ? { scheme, authority, path } : null;
}

/** Whether a host name (as in `URL.hostname`) is one of the public internet. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[')) return isPublicIpv6(host.slice(1, -1));
  if (/^[0-9]+(\.[0-9]+){3}$/.test(host)) return isPublicIpv4(host.split('.').map(Number));
  return host.includes('.') && !localSuffixes.some((suffix) => host.endsWith(suffix));
}

function isPublicIpv4([a = 0, b = 0]: readonly number[]): boolean {
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || (a === 100 && b >= 64 && b < 128);
  const isSpecial = a === 0 || a === 127 || (a === 169 && b === 254) || a >= 224;
  return !isPrivate && !isSpecial;
}

/** Global unicast is 2000::/3; everything else is local, mapped or reserved. */
function isPublicIpv6(address: string): boolean {
  return /^[23][0-9a-f]{3}:/.test(address);
}

function escapeSlashes(text: string): string {
  return text.replaceAll('/', '%23');
}

function percentEncode(text: string): string {
  let encoded = '';
  for (const byte of new TextEncoder().encode(text)) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}
