import { changedAt, pathsOf } from '../files.ts';
import type { Paths } from '../paths.ts';
import { cachedFeeds } from './feed-cache.ts';

/** Tells whether feeds are still as they were: when their files were changed, as one text. */
export function createFeedState({ cache }: Pick<Paths, 'cache'>): (feeds: readonly string[]) => Promise<string> {
  const places = cachedFeeds(cache);
  return async (feeds) => {
    const times = feeds.map(async (feed) => {
      for (const path of feed.startsWith('/') ? [feed] : pathsOf(places, feed)) {
        const time = await changedAt(path);
        // Behind the first one no other is read.
        if (time !== null) return time;
      }
      return null;
    });
    return JSON.stringify(await Promise.all(times));
  };
}
