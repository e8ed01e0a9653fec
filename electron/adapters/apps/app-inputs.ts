import { join } from 'node:path';
import type { AppInputsPort } from '../../core/ports/app-store.ts';
import { feedSettings, interfaceSettings } from '../config/preference-files.ts';
import { cachedFeeds } from '../feeds/feed-cache.ts';
import { changedAt, pathsOf } from '../files.ts';
import type { Paths } from '../paths.ts';

/** Settings, preferences and feeds, by the times of their files. */
export function createAppInputs({ config, cache }: Pick<Paths, 'config' | 'cache'>): AppInputsPort {
  const global = config.map((directory) => join(directory, 'injector', 'global'));
  return {
    async changedSince({ selections }, sinceMs) {
      const isChanged = async (path: string): Promise<boolean> => ((await changedAt(path)) ?? 0) > sinceMs;
      for (const path of global) if (await isChanged(path)) return path;
      for (const { interface: uri, fromFeed } of selections) {
        const settings = [...pathsOf(interfaceSettings(config), uri), ...pathsOf(feedSettings(config), fromFeed)];
        for (const path of settings) if (await isChanged(path)) return path;
        // Native packages have a feed made up for them.
        const feed = fromFeed.replace(/^distribution:/, '');
        const places = feed.startsWith('/') ? [feed] : pathsOf(cachedFeeds(cache), feed);
        const times = await Promise.all(places.map(changedAt));
        const found = times.findIndex((time) => time !== null);
        if (found < 0 || (times[found] ?? 0) > sinceMs) return places[Math.max(found, 0)] ?? feed;
      }
      return null;
    },
  };
}
