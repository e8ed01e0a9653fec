import { AppError } from '../../shared/errors/app-error.ts';
import type { FoundProgram } from '../../shared/model/index.ts';
import type { HttpPort } from '../core/ports/http.ts';
import { parseSearchResults, type SearchResult } from '../core/feed/search-results.ts';
import { searchMirrorUrl } from '../core/trust/mirror.ts';
import { decodeXml } from '../core/xml/decode.ts';
import { parseXml } from '../core/xml/parse.ts';
import type { SelectService } from './select-service.ts';

/** Looks for programs that no catalogue here lists. */
export interface SearchService {
  /**
   * What the mirror knows about. There is one search at a time: one that is still under way ends.
   *
   * @throws AppError `cancelled`, `network-offline` and others of the network
   */
  search(text: string): Promise<FoundProgram[]>;
  /** Ends the search that is under way, if there is one. */
  stop(): void;
}

interface Deps {
  readonly select: Pick<SelectService, 'policy'>;
  readonly http: Pick<HttpPort, 'get'>;
  readonly mirror: string;
}

const limitBytes = 1024 * 1024;

/** Creates the service. */
export function createSearchService({ select, http, mirror }: Deps): SearchService {
  let current = new AbortController();
  return {
    async search(text) {
      current.abort();
      current = new AbortController();
      const { signal } = current;
      if ((await select.policy()).networkUse === 'off-line') throw new AppError('network-offline', { url: mirror });
      const found = await searchPrograms(text, { http, mirror, signal });
      return found.map((one) => ({ ...one }));
    },
    stop() {
      current.abort();
    },
  };
}

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
