import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import {
  noFeedPreferences,
  noInterfacePreferences,
  parseFeedPreferences,
  parseInterfacePreferences,
} from '../../core/feed/preferences-xml.ts';
import type { FeedPreferences, InterfacePreferences } from '../../core/feed/preferences.ts';
import type { StoreDirectory } from '../../core/ports/store.ts';
import type { FeedLookup, Host, SelectWorld } from '../../core/select/world.ts';
import { defaultXmlLimits } from '../../core/xml/limits.ts';
import { feedSettings, interfaceSettings, parseSettings } from '../config/preference-files.ts';
import { createDistro } from '../distro/distro.ts';
import { toFileError } from '../file-error.ts';
import type { Paths } from '../paths.ts';
import { listStores } from '../store/store-list.ts';
import { createDataFolders, createFolderList, type DataFolders, type FolderList } from './data-folders.ts';
import { createDocumentCache, type DocumentCache } from './document-cache.ts';
import { cachedFeeds } from './feed-cache.ts';
import { createKeptTrees, keptTreesIn } from './kept-trees.ts';
import { absentLocalFeed, readFeedBytes, rejectedFeed } from './read-feed.ts';

/** Where to look. */
export interface SelectWorldOptions {
  readonly paths: Paths;
  readonly host: Host;
  /** From the command line; only read. */
  readonly extraStores?: readonly string[];
  /** For programs that stand for packages; without it there are none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Documents from this size on are kept as trees. */
const minKeptBytes = 8 * 1024;

/** What was found since the last `refresh`. */
interface Snapshot {
  readonly folders: FolderList;
  readonly data: DataFolders;
  readonly feeds: Map<string, FeedLookup>;
  readonly interfaces: Map<string, InterfacePreferences>;
  readonly ratings: Map<string, FeedPreferences>;
  readonly paths: Map<string, boolean>;
  stores: readonly StoreDirectory[] | null;
}

/**
 * What selecting sees of this computer, read synchronously (meant for a worker). Answers stay the same until `refresh`;
 * after it everything is looked at anew, but only files that have changed are parsed again. `release` lets go of what was
 * found, for when nothing will be asked before the next `refresh`.
 *
 * @throws AppError `bad-settings`, `permission-denied`, `file-failed` from the readers of preferences
 */
export function createSelectWorld(options: SelectWorldOptions): SelectWorld & { refresh(): void; release(): void } {
  const { paths, host } = options;
  const trees = createKeptTrees(keptTreesIn(paths));
  const feedFiles = createDocumentCache(defaultXmlLimits.characters, (bytes, file) => {
    const { path, key: name, version } = file;
    // Local feeds are changed by hand, and small ones are parsed in no time.
    if (version === null || name.startsWith('/') || bytes.length < minKeptBytes) return readFeedBytes(bytes, file);
    return readFeedBytes(bytes, file, (parse) => trees.keep(path, version, parse));
  });
  const settingsLimit = defaultXmlLimits.characters;
  const interfaceFiles = createDocumentCache(settingsLimit, (bytes, { path }) =>
    parseInterfacePreferences(parseSettings(bytes, path), path),
  );
  const ratingFiles = createDocumentCache(settingsLimit, (bytes, { path }) =>
    parseFeedPreferences(parseSettings(bytes, path), path),
  );
  const distro = createDistro(host, options.env ?? {});
  let snapshot = createSnapshot(paths);

  const places = {
    feeds: cachedFeeds(paths.cache),
    interfaces: interfaceSettings(paths.config),
    ratings: feedSettings(paths.config),
  };

  const lookUpFeed = (name: string): FeedLookup => {
    const isLocal = name.startsWith('/');
    const path = isLocal ? name : snapshot.folders.find(places.feeds, name);
    if (path === undefined) return { status: 'missing' };
    try {
      return feedFiles.get(path, name) ?? (isLocal ? absentLocalFeed(path) : { status: 'missing' });
    } catch (error) {
      return rejectedFeed(error, path, isLocal);
    }
  };

  const release = (): void => {
    snapshot = createSnapshot(paths);
  };

  return {
    host,
    feed: (name) => remembered(snapshot.feeds, name, () => lookUpFeed(name)),
    interfacePreferences: (uri) =>
      remembered(snapshot.interfaces, uri, () => {
        const path = snapshot.folders.find(places.interfaces, uri);
        return readSettings(interfaceFiles, path) ?? noInterfacePreferences;
      }),
    feedPreferences: (feed) =>
      remembered(snapshot.ratings, feed, () => {
        const path = snapshot.folders.find(places.ratings, feed);
        return readSettings(ratingFiles, path) ?? noFeedPreferences;
      }),
    nativeFeed: (uri) => snapshot.data.nativeFeed(uri),
    sitePackages: (uri) => snapshot.data.sitePackages(uri),
    stored(directories) {
      snapshot.stores ??= listStores({ paths, extraStores: options.extraStores });
      for (const name of directories) {
        for (const store of snapshot.stores) {
          if (!snapshot.folders.has(store.path, name)) continue;
          const path = join(store.path, name);
          // Only what was found: there may be ten thousand others.
          if (isRealDirectory(path)) return { path, store: store.name };
        }
      }
      return null;
    },
    exists: (path) => remembered(snapshot.paths, path, () => existsSync(path)),
    packages: (feed, elements) => distro.packages(feed, elements),
    release,
    refresh() {
      release();
      distro.refresh();
      feedFiles.trim();
      interfaceFiles.trim();
      ratingFiles.trim();
    },
  };
}

function createSnapshot(paths: Paths): Snapshot {
  const folders = createFolderList();
  return {
    folders,
    data: createDataFolders(paths.data, folders),
    feeds: new Map(),
    interfaces: new Map(),
    ratings: new Map(),
    paths: new Map(),
    stores: null,
  };
}

function readSettings<T>(files: DocumentCache<T>, path: string | undefined): T | undefined {
  if (path === undefined) return undefined;
  try {
    return files.get(path, '');
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** A link does not count: its target could change under a name that stands for its content. */
function isRealDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function remembered<T>(map: Map<string, T>, key: string, create: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const value = create();
  map.set(key, value);
  return value;
}
