import type { HttpPort } from '../core/ports/http.ts';
import { parseSearchResults, type SearchResult } from '../core/feed/search-results.ts';
import { searchMirrorUrl } from '../core/trust/mirror.ts';
import { decodeXml } from '../core/xml/decode.ts';
import { parseXml } from '../core/xml/parse.ts';

const limitBytes = 1024 * 1024;

/**
 * Looks for programs by words.
 *
 * @param mirror where is searched
 * @throws AppError of the network, `bad-xml`, `bad-feed`
 */
export async function searchPrograms(
  query: string,
  {
    http,
    mirror,
    signal,
  }: { readonly http: Pick<HttpPort, 'get'>; readonly mirror: string; readonly signal: AbortSignal },
): Promise<readonly SearchResult[]> {
  const url = searchMirrorUrl(mirror, query);
  const { bytes } = await http.get(url, { limitBytes, signal });
  return parseSearchResults(parseXml(decodeXml(bytes, url), { source: url }), url);
}
