import { parseHttpUrl } from './url.ts';

/**
 * The domain that a feed's keys are trusted for: its host in lower case, with the port unless it is the default one.
 * `http` and `https` are one domain, sub-domains are different ones.
 *
 * @throws AppError `bad-url`
 * @see trust-and-download.md 4.2
 */
export function feedDomain(url: string): string {
  return parseHttpUrl(url).host;
}

/**
 * Every spelling under which a trust database may name the domain of a feed, in lower case: ours first, then the default
 * port written out and the name before it was made ASCII, as other programs write them.
 */
export function domainSpellings(url: string): readonly string[] {
  const parsed = parseHttpUrl(url);
  const written = (/^https?:\/\/([^/?#]*)/.exec(url)?.[1] ?? '').toLowerCase();
  const spellings = new Set([parsed.host, written.slice(written.lastIndexOf('@') + 1)]);
  if (parsed.port === '') {
    const port = parsed.protocol === 'https:' ? 443 : 80;
    for (const host of [...spellings]) {
      const bare = host.replace(/:[0-9]+$/, '');
      spellings.add(bare).add(`${bare}:${port}`);
    }
  }
  return [...spellings];
}
