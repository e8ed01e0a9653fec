import type { PreferencesPort } from '../../core/ports/preferences.ts';
import {
  noFeedPreferences,
  noInterfacePreferences,
  parseFeedPreferences,
  parseInterfacePreferences,
  registrationsOf,
  withFeed,
  withLastChecked,
  withoutFeed,
  withPolicy,
  withRating,
  withRegistrations,
} from '../../core/feed/preferences-xml.ts';
import type { Registration } from '../../core/feed/preferences.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { formatXml } from '../../core/xml/format.ts';
import { createQueues, pathsOf, readFirstFile, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';
import { feedSettings, interfaceSettings, parseSettings } from './preference-files.ts';

/**
 * The settings of interfaces and feeds in the reference's files. Changes of one file happen one after the other and are
 * made to what is in the file at that moment; a file that cannot be read is not overwritten.
 */
export function createPreferences(paths: Pick<Paths, 'config'>): PreferencesPort {
  const queue = createQueues();
  const read = async (files: readonly string[]): Promise<{ path: string; root: XmlElement } | null> => {
    const found = await readFirstFile(files);
    return found === null ? null : { path: found.path, root: parseSettings(found.bytes, found.path) };
  };
  const change = (files: readonly string[], edit: (root: XmlElement | null) => XmlElement): Promise<void> => {
    const [own = ''] = files;
    return queue(own, async () => {
      const before = await read(files);
      await writeFileAtomically(own, formatXml(edit(before?.root ?? null), { isIndented: false }), 0o644);
    });
  };
  const ofInterface = (uri: string): readonly string[] => pathsOf(interfaceSettings(paths.config), uri);
  const ofFeed = (feed: string): readonly string[] => pathsOf(feedSettings(paths.config), feed);
  return {
    async readInterface(uri) {
      const found = await read(ofInterface(uri));
      return found === null ? noInterfacePreferences : parseInterfacePreferences(found.root, found.path);
    },
    setPolicy: (uri, policy) => change(ofInterface(uri), (root) => withPolicy(root, uri, policy)),
    addFeed: (uri, feed) => change(ofInterface(uri), (root) => withFeed(root, uri, feed)),
    async removeFeed(uri, feed) {
      let removed: readonly Registration[] = [];
      await change(ofInterface(uri), (root) => {
        removed = registrationsOf(root, feed);
        return withoutFeed(root, uri, feed);
      });
      return removed;
    },
    putFeedBack: (uri, removed) => change(ofInterface(uri), (root) => withRegistrations(root, uri, removed)),
    async readFeed(feed) {
      const found = await read(ofFeed(feed));
      return found === null ? noFeedPreferences : parseFeedPreferences(found.root, found.path);
    },
    setRating: (feed, id, rating) => change(ofFeed(feed), (root) => withRating(root, id, rating)),
    setLastChecked: (feed, seconds) => change(ofFeed(feed), (root) => withLastChecked(root, seconds)),
  };
}
