import type { Feed, Implementation } from '../../electron/core/feed/model.ts';
import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import { zeroInstallNamespace } from '../../electron/core/xml/element.ts';

/** What a test feed is called. */
export const localFeedName = '/srv/feeds/app.xml';
export const remoteFeedName = 'https://example.com/app.xml';

/** The text of a feed with some content. `attributes` are those of the root. */
export function feedText(content: string, attributes = ''): string {
  return `<interface xmlns="${zeroInstallNamespace}" xmlns:compile="http://zero-install.sourceforge.net/2006/namespaces/0compile" ${attributes}>${content}</interface>`;
}

/** A local feed with a name and some content. */
export function localFeed(content: string, attributes = ''): Feed {
  return parseFeed(feedText(`<name>App</name>${content}`, attributes), { name: localFeedName, isLocal: true });
}

/** A remote feed with a name and some content. */
export function remoteFeed(content: string, attributes = ''): Feed {
  const text = feedText(`<name>App</name>${content}`, `uri="${remoteFeedName}" ${attributes}`);
  return parseFeed(text, { name: remoteFeedName, isLocal: false });
}

/** The only implementation of a feed, or the one with an id. */
export function implementationOf(feed: Feed, id?: string): Implementation {
  const found = id === undefined ? feed.implementations[0] : feed.implementations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no implementation ${id ?? ''}`);
  return found;
}

/** The reason with which reading fails. */
export function reasonOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    const { params } = error as { readonly params?: { readonly reason?: string } };
    if (params?.reason !== undefined) return params.reason;
    throw error;
  }
  throw new Error('it was accepted');
}
