import { isAppError } from '../../shared/errors/app-error.ts';
import type { DependentFeed, FeedUrl, TrustRehearsal } from '../../shared/model/index.ts';
import type { AppSelectionsPort } from '../core/ports/app-selections.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { LibraryService } from './library-service.ts';
import { lastSegment } from './solve-view.ts';

/** Says of feeds what they are called and which programs use them. */
export interface TrustDependents {
  describe(urls: readonly string[]): Promise<TrustRehearsal>;
}

interface Deps {
  readonly library: Pick<LibraryService, 'read'>;
  readonly apps: AppSelectionsPort;
  readonly readFeed: (url: string) => FeedLookup;
  readonly log: LogPort;
}

/** Feeds that are described; a domain may have hundreds, and each must be read for its name. */
const maxFeeds = 50;

/** Creates the service. */
export function createTrustDependents({ library, apps, readFeed, log }: Deps): TrustDependents {
  const nameOf = (url: string): string | null => {
    const found = readFeed(url);
    return found.status === 'ready' ? found.feed.title : null;
  };

  /** Names of programs by the feeds that they use. */
  async function programsByFeed(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
    const byFeed = new Map<string, Set<string>>();
    const note = (feed: string, program: string): void => {
      byFeed.set(feed, (byFeed.get(feed) ?? new Set()).add(program));
    };
    for (const [uri, app] of Object.entries(await library.read())) {
      // A name noted before its feed was here may be a piece of its address.
      const program = nameOf(uri) ?? app.name ?? lastSegment(uri);
      for (const role of [uri, ...Object.keys(app.versions)]) note(role.replace(/#source$/, ''), program);
    }
    for (const { app, selections } of await appSelections()) {
      for (const { interface: uri, fromFeed } of selections.selections) {
        note(uri, app);
        note(fromFeed, app);
      }
    }
    return byFeed;
  }

  async function appSelections(): ReturnType<AppSelectionsPort['list']> {
    try {
      return await apps.list();
    } catch (error) {
      if (!isAppError(error)) throw error;
      // One app that cannot be read is no reason to say nothing of the others' feeds.
      log.warn('apps not read', { code: error.code });
      return [];
    }
  }

  return {
    async describe(urls) {
      const programs = await programsByFeed();
      const isUsed = (url: string): boolean => programs.has(url);
      const ordered = [...urls.filter(isUsed), ...urls.filter((url) => !isUsed(url))];
      const feeds = ordered.slice(0, maxFeeds).map((url): DependentFeed => ({
        url: url as FeedUrl,
        name: nameOf(url),
        programs: [...(programs.get(url) ?? [])].sort(),
      }));
      return { feeds, feedCount: urls.length };
    },
  };
}
