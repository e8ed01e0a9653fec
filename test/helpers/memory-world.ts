import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import type { SelectQuery } from '../../electron/core/select/model.ts';
import type { SelectWorld } from '../../electron/core/select/world.ts';

const namespace = 'http://zero-install.sourceforge.net/2004/injector/interface';

/** A feed from its inner XML. */
export const feedText = (name: string, body: string): string =>
  `<interface xmlns="${namespace}" uri="https://example.com/${name}.xml"><name>${name}</name>${body}</interface>`;

/** The address of a feed by its short name. */
export const uriOf = (name: string): string => `https://example.com/${name}.xml`;

/** A Linux machine that has nothing but some cached feeds, given by short name and inner XML. */
export function memoryWorld(feeds: Readonly<Record<string, string>>, change: Partial<SelectWorld> = {}): SelectWorld {
  const parsed = new Map(
    Object.entries(feeds).map(([name, body]) => {
      const uri = uriOf(name);
      return [uri, parseFeed(feedText(name, body), { name: uri, isLocal: false })];
    }),
  );
  return {
    host: { os: 'Linux', cpu: 'x86_64', hasMultiArch: false, languages: [], distribution: 'fallback' },
    feed(name) {
      const feed = parsed.get(name);
      return feed === undefined ? { status: 'missing' } : { status: 'ready', feed };
    },
    interfacePreferences: () => ({ policy: null, feeds: [] }),
    feedPreferences: () => ({ lastChecked: null, ratings: new Map() }),
    nativeFeed: () => null,
    sitePackages: () => [],
    stored: () => null,
    exists: () => false,
    packages: () => ({ packages: [], warnings: [] }),
    ...change,
  };
}

/** What is asked for a program, by its short name. */
export function queryFor(name: string, change: Partial<SelectQuery> = {}): SelectQuery {
  return {
    requirements: {
      interface: uriOf(name),
      command: 'run',
      isSource: false,
      mayCompile: false,
      os: null,
      cpu: null,
      restrictions: {},
    },
    policy: { networkUse: 'full', helpWithTesting: false },
    ...change,
  };
}
