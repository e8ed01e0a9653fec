import { join } from 'node:path';
import type { AppInputsPort } from '../../core/ports/app-store.ts';
import { feedSettings, interfaceSettings } from '../config/preference-files.ts';
import { cachedFeeds } from '../feeds/feed-cache.ts';
import { changedAt, pathsOf } from '../files.ts';
import type { Paths } from '../paths.ts';

/** Settings, preferences and feeds, with the times of their files. */
export function createAppInputs({ config, cache }: Pick<Paths, 'config' | 'cache'>): AppInputsPort {
  const global = config.map((directory) => join(directory, 'injector', 'global'));
  return {
    async find({ selections }) {
      const settings = new Set(global);
      const present = new Map<string, number>();
      const absent = new Set<string>();
      const lost = new Set<string>();
      const look = async (path: string): Promise<boolean> => {
        const changedMs = await changedAt(path);
        if (changedMs === null) absent.add(path);
        else present.set(path, changedMs);
        return changedMs !== null;
      };
      for (const { interface: uri, fromFeed } of selections) {
        for (const path of pathsOf(interfaceSettings(config), uri)) settings.add(path);
        for (const path of pathsOf(feedSettings(config), fromFeed)) settings.add(path);
        // Native packages have a feed made up for them.
        const feed = fromFeed.replace(/^distribution:/, '');
        let isFound = false;
        for (const path of feed.startsWith('/') ? [feed] : pathsOf(cachedFeeds(cache), feed)) {
          // Behind the first one no other is read.
          isFound ||= await look(path);
          if (isFound) break;
        }
        if (!isFound) lost.add(feed);
      }
      for (const path of settings) await look(path);
      return {
        present: [...present].map(([path, changedMs]) => ({ path, changedMs })),
        absent: [...absent],
        lost: [...lost],
      };
    },
  };
}
