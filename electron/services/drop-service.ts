import type { DroppedItem } from '../../shared/dropped.ts';
import { isArchiveName, linkInFile, toDroppedLink } from '../../shared/dropped.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import { zeroInstallNamespace } from '../core/xml/element.ts';
import { parseXml } from '../core/xml/parse.ts';

/** Says what files are that were dropped on the window. Nothing is added, and nothing fetched. */
export interface DropService {
  look(paths: readonly string[]): Promise<DroppedItem[]>;
}

interface Deps {
  /** @throws AppError over the limit, or when it cannot be read */
  readonly read: (path: string, limitBytes: number) => Promise<Uint8Array>;
  /** Of what a link points to. @throws AppError when there is nothing */
  readonly kindOf: (path: string) => Promise<'file' | 'folder' | 'other'>;
  readonly nameOf: (path: string) => string;
}

const mostLinkBytes = 64 * 1024;
/** As for feeds that are fetched. */
const mostFeedBytes = 16 * 1024 * 1024;

/** Creates the service. */
export function createDropService({ read, kindOf, nameOf }: Deps): DropService {
  async function lookAt(path: string): Promise<DroppedItem> {
    const name = nameOf(path);
    const refused = (problem: DroppedItem['problem']): DroppedItem => ({ name, address: null, problem });
    if (isArchiveName(name)) return refused('archive');
    try {
      const kind = await kindOf(path);
      // Reading a pipe might never end.
      if (kind !== 'file') return refused(kind === 'folder' ? 'folder' : 'no-feed');
      const isLink = /\.(url|desktop|webloc)$/i.test(name);
      const bytes = await read(path, isLink ? mostLinkBytes : mostFeedBytes);
      const text = new TextDecoder().decode(bytes);
      if (!isLink) return isFeed(text, name) ? { name, address: path, problem: null } : refused('no-feed');
      const link = linkInFile(name, text);
      return link === null ? refused('no-feed') : toDroppedLink(link);
    } catch (error) {
      if (!isAppError(error)) throw error;
      return refused('unreadable');
    }
  }
  return {
    look: (paths) => Promise.all(paths.map(lookAt)),
  };
}

function isFeed(text: string, name: string): boolean {
  try {
    const { namespace, name: root } = parseXml(text, { source: name });
    return namespace === zeroInstallNamespace && (root === 'interface' || root === 'feed');
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}
