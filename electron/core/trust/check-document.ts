import { AppError } from '../../../shared/errors/app-error.ts';
import { parseCatalog } from '../feed/catalog.ts';
import { readFeed } from '../feed/parse-feed.ts';
import { decodeXml } from '../xml/decode.ts';
import { parseXml } from '../xml/parse.ts';
import { redactUrl } from './url.ts';

/** What a signed document is supposed to be. */
export type DocumentKind = 'feed' | 'catalog';

/**
 * Checks that a document whose signature was found trusted is what was asked for: well-formed, a feed that can be read and
 * says the very URL it was asked for by, or a catalogue.
 *
 * @throws AppError `bad-xml`, `feed-wrong-url`, `bad-feed`
 * @see trust-and-download.md 5.1
 */
export function checkDocument(kind: DocumentKind, url: string, bytes: Uint8Array): void {
  const name = redactUrl(url);
  const root = parseXml(decodeXml(bytes, name), { source: name });
  if (kind === 'catalog') {
    parseCatalog(root, name);
    return;
  }
  const { uri } = root.attributes;
  if (uri !== undefined && uri !== url)
    throw new AppError('feed-wrong-url', { expected: name, actual: redactUrl(uri) });
  readFeed({ root, mayHaveConditions: true }, { name: url, isLocal: false });
}

/**
 * The URL that a feed from a file says it belongs to. The file is not trusted yet: nothing else of it may be used.
 *
 * @param source path of the file, for messages
 * @throws AppError `bad-xml`; `bad-feed` if there is none
 */
export function readFeedUri(bytes: Uint8Array, source: string): string {
  const { uri } = parseXml(decodeXml(bytes, source), { source }).attributes;
  if (uri === undefined) throw new AppError('bad-feed', { feed: source, reason: `Missing 'uri' attribute` });
  return uri;
}
