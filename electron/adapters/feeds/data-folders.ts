import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { compareBytes } from '../../core/byte-order.ts';
import { nameComponents } from '../../core/feed/names.ts';
import { settingsFileName } from '../config/preference-files.ts';
import { isAbsence, type NamedFiles } from '../files.ts';
import { errorCode } from '../file-error.ts';

/** Feeds that come neither from the network nor from the person. */
export interface DataFolders {
  /** The distribution's feed for an interface, links resolved. */
  nativeFeed(uri: string): string | null;
  /** The feeds of locally built versions, by directory and then by name. */
  sitePackages(uri: string): readonly string[];
}

/**
 * Looks into the data directories. Each folder is listed once, when something in it is first asked for.
 *
 * @see feeds.md 16.1
 */
export function createDataFolders(data: readonly string[], list: FolderList): DataFolders {
  const nativeFeeds = data.map((directory) => ({
    folder: join(directory, 'native_feeds'),
    fileName: settingsFileName,
  }));
  const buildFolders = data.map((directory) => join(directory, 'site-packages'));
  return {
    nativeFeed(uri) {
      const path = list.find(nativeFeeds, uri);
      return path === undefined ? null : resolveLinks(path);
    },
    sitePackages(uri) {
      // Nearly nobody has any.
      if (buildFolders.every((folder) => list.names(folder).size === 0)) return [];
      const components = componentsOf(uri);
      if (components === null) return [];
      const [first, ...rest] = components;
      return buildFolders.flatMap((folder) => {
        if (!list.has(folder, first)) return [];
        const builds = join(folder, first, ...rest);
        return [...list.names(builds)]
          .filter((name) => !name.startsWith('.'))
          .sort(compareBytes)
          .map((name) => join(builds, name, '0install'))
          .filter((directory) => list.has(directory, 'feed.xml'))
          .map((directory) => join(directory, 'feed.xml'));
      });
    },
  };
}

/** What is in directories, each looked at once. */
export interface FolderList {
  names(directory: string): ReadonlySet<string>;
  has(directory: string, name: string): boolean;
  /** The first file of a name that exists. Folders are listed once, which is quicker than asking for each file. */
  find(places: readonly NamedFiles[], name: string): string | undefined;
}

/** Lists directories when they are first asked about. One that is missing or may not be read is empty. */
export function createFolderList(): FolderList {
  const known = new Map<string, ReadonlySet<string>>();
  const names = (directory: string): ReadonlySet<string> => {
    const found = known.get(directory);
    if (found !== undefined) return found;
    const listed = new Set(readNames(directory));
    known.set(directory, listed);
    return listed;
  };
  return {
    names,
    has: (directory, name) => names(directory).has(name),
    find(places, name) {
      for (const { folder, fileName } of places) {
        const there = names(folder);
        if (there.size === 0) continue;
        const file = fileName(name);
        if (there.has(file)) return join(folder, file);
      }
      return undefined;
    },
  };
}

function readNames(directory: string): readonly string[] {
  try {
    // Most are missing, and an error takes longer to make than this look.
    return existsSync(directory) ? readdirSync(directory) : [];
  } catch (error) {
    if (isAbsence(error) || errorCode(error) === 'EACCES') return [];
    throw error;
  }
}

function resolveLinks(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (isAbsence(error) || errorCode(error) === 'ELOOP') return null;
    throw error;
  }
}

function componentsOf(uri: string): readonly [string, ...string[]] | null {
  try {
    const [first, ...rest] = nameComponents(uri);
    return first === undefined ? null : [first, ...rest];
  } catch (error) {
    if (isAppError(error, 'bad-url')) return null;
    throw error;
  }
}
