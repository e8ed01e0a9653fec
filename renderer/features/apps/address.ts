import { isArchiveName } from '../../../shared/dropped.ts';

/**
 * What is wrong with the address of a feed, before anything is fetched.
 *
 * @returns null for an address that may be tried
 */
export function addressProblem(text: string): 'empty' | 'not-url' | 'archive' | null {
  const address = text.trim();
  if (address === '') return 'empty';
  if (isArchiveName(address)) return 'archive';
  if (address.startsWith('/')) return null;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return 'not-url';
  return null;
}

/** What comes before the host of an address, the host, and the rest; `null` for a file on this computer. */
export function addressParts(text: string): readonly [string, string, string] | null {
  const address = text.trim();
  const parts = /^(https?:\/\/(?:[^/?#@]*@)?)([^/?#]+)(.*)$/is.exec(address);
  if (parts === null || !URL.canParse(address)) return null;
  return [parts[1] ?? '', parts[2] ?? '', parts[3] ?? ''];
}
