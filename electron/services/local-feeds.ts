import { AppError } from '../../shared/errors/app-error.ts';
import type { LocalFeedId } from '../../shared/model/index.ts';

/** Feed files that a person has chosen in a dialog of the system. The page knows them by their ids alone. */
export interface LocalFeeds {
  keep(path: string): LocalFeedId;
  /** @throws AppError `no-such` */
  pathOf(id: LocalFeedId): string;
}

const maxKept = 100;

/** Creates an empty list for this session. */
export function createLocalFeeds(): LocalFeeds {
  const paths = new Map<LocalFeedId, string>();
  let count = 0;
  return {
    keep(path) {
      count += 1;
      const id = `local-${count}` as LocalFeedId;
      paths.set(id, path);
      const [oldest] = paths.keys();
      if (paths.size > maxKept && oldest !== undefined) paths.delete(oldest);
      return id;
    },
    pathOf(id) {
      const path = paths.get(id);
      if (path === undefined) throw new AppError('no-such', { what: 'feed file', id });
      return path;
    },
  };
}
