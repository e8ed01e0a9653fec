const archiveEnding = /\.(tar|tar\.\w+|tgz|tbz2?|txz|zip|7z|exe|msi|rpm|deb|dmg|appimage)$/i;

/**
 * What is wrong with the address of a feed, before anything is fetched.
 *
 * @returns null for an address that may be tried
 */
export function addressProblem(text: string): 'empty' | 'not-url' | 'archive' | null {
  const address = text.trim();
  if (address === '') return 'empty';
  if (archiveEnding.test(address.replace(/[?#].*$/, ''))) return 'archive';
  if (address.startsWith('/')) return null;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return 'not-url';
  return null;
}
