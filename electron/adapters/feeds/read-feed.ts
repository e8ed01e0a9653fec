import { isAppError } from '../../../shared/errors/app-error.ts';
import { parseFeedDocument, readFeed, type FeedDocument } from '../../core/feed/parse-feed.ts';
import type { FeedLookup } from '../../core/select/world.ts';
import { decodeXml } from '../../core/xml/decode.ts';
import { errorCode } from '../file-error.ts';
import type { DocumentFile } from './document-cache.ts';

/**
 * Reads a feed's bytes for selecting.
 *
 * @param file.key its URL, or the path of a local feed
 * @param file.path for messages
 * @param keep may have the document from elsewhere
 */
export function readFeedBytes(
  bytes: Uint8Array,
  { path, key: name }: Pick<DocumentFile, 'path' | 'key'>,
  keep = (parse: () => FeedDocument): FeedDocument => parse(),
): FeedLookup {
  const isLocal = name.startsWith('/');
  try {
    const document = keep(() => parseFeedDocument(decodeXml(bytes, path), path));
    return { status: 'ready', feed: readFeed(document, { name, isLocal, source: path }) };
  } catch (error) {
    return rejectedFeed(error, path, isLocal);
  }
}

/**
 * What a feed is that cannot be read or used, in the reference's words. A bad cached feed ends selecting, a bad local one is
 * as if it were not there.
 *
 * @throws what is no problem of the feed or the file
 * @see feeds.md 2.3
 */
export function rejectedFeed(error: unknown, path: string, isLocal: boolean): FeedLookup {
  const reason = reasonOf(error, path);
  // What the root element is decides whether it is a feed, even a bad one.
  const isNoFeed = isAppError(error, 'bad-xml') || /^(Expected <interface>|Element not in namespace)/.test(reason);
  return { status: 'bad', reason, isFatal: !isLocal, ...(isNoFeed && { isNoFeed }) };
}

/** What a local feed is that is not there; a cached one that is not there is only missing. */
export function absentLocalFeed(path: string): FeedLookup {
  const reason = `Open failed: ${path}: No such file or directory\n... parsing XML document ${path}`;
  return { status: 'bad', reason, isFatal: false };
}

function reasonOf(error: unknown, path: string): string {
  if (isAppError(error, 'bad-feed')) return error.params.reason;
  if (isAppError(error, 'bad-xml')) {
    const { line, column, reason } = error.params;
    return `[${line}:${column}] ${reason}\n... parsing XML document ${path}`;
  }
  switch (errorCode(error)) {
    case 'EISDIR':
      return `Error parsing XML document '${path}': Is a directory`;
    case 'EACCES':
      return `Open failed: ${path}: Permission denied\n... parsing XML document ${path}`;
    case 'ENOENT':
    case 'ENOTDIR':
      return `Open failed: ${path}: No such file or directory\n... parsing XML document ${path}`;
    case null:
      throw error;
    default:
      return `Open failed: ${path}: ${errorCode(error) ?? ''}\n... parsing XML document ${path}`;
  }
}
