import { describe, expect, it } from 'vitest';
import type { RankingKey } from '../../../../../shared/model/decision.ts';
import { formatExplanation } from '../../../../../electron/core/select/explain-text.ts';
import { explain } from '../../../../../electron/core/select/explain.ts';
import { parseVersion } from '../../../../../electron/core/version/version.ts';
import { userLanguages } from '../../../../../electron/core/feed/languages.ts';
import type { SelectWorld } from '../../../../../electron/core/select/world.ts';
import { memoryWorld, queryFor, uriOf } from '../../../../helpers/memory-world.ts';

const archive = '<archive href="https://example.com/a.tgz" size="10"/>';
const one = (id: string, more: string) => {
  const version = more.includes('version=') ? '' : 'version="1"';
  const digest = `<manifest-digest sha256new="${id}"/>`;
  return `<implementation id="${id}" ${version} main="x" ${more}>${digest}${archive}</implementation>`;
};
const native = '<package-implementation package="app" main="/x"/>';

const host: SelectWorld['host'] = {
  os: 'Linux',
  cpu: 'x86_64',
  hasMultiArch: true,
  languages: userLanguages({ LANG: 'de_DE' }),
  distribution: 'fallback',
};

/** A world in which `stored` is in the store and the package manager knows one version of the package. */
function worldOf(feed: string, isInstalled: boolean): SelectWorld {
  return memoryWorld(
    { app: feed },
    {
      host,
      stored: (directories) => (directories.includes('sha256new_stored') ? { path: '/x', store: 'user' } : null),
      packages: (_, elements) => ({
        warnings: [],
        packages: elements.map((element) => ({
          element,
          id: 'package:deb:app:1',
          distribution: 'Debian',
          version: parseVersion('1'),
          cpu: null,
          isInstalled,
          sizeBytes: null,
          quickTestFile: null,
          quickTestMtime: null,
          main: null,
        })),
      }),
    },
  );
}

interface Case {
  /** The worse one is `w`. */
  readonly feed: string;
  readonly text: string;
  readonly networkUse?: 'full' | 'minimal';
  readonly isInstalled?: boolean;
  readonly worse?: string;
}

const cases: Readonly<Record<RankingKey, Case>> = {
  preferred: { feed: one('b', '') + one('w', 'version="2"'), text: 'more stable versions preferred' },
  language: {
    feed: one('b', 'langs="de"') + one('w', 'version="2" langs="fr"'),
    text: 'natural languages we understand are preferred',
  },
  'available-first': {
    feed: one('stored', '') + one('w', 'version="2" stability="stable"'),
    networkUse: 'minimal',
    text: 'is locally available',
  },
  'needs-no-install': {
    feed: native + one('b', ''),
    isInstalled: false,
    worse: 'package:deb:app:1',
    text: "packages that don't require admin access to install are preferred",
  },
  stability: {
    feed: one('b', 'stability="stable"') + one('w', 'version="2"'),
    text: 'more stable versions preferred',
  },
  'main-version': { feed: one('b', 'version="2"') + one('w', ''), text: 'newer versions are preferred' },
  native: {
    feed: native + one('w', 'version="1-9" stability="stable"'),
    text: 'native packages are preferred',
  },
  version: { feed: one('b', 'version="1-2"') + one('w', 'version="1-1"'), text: 'newer versions are preferred' },
  os: { feed: one('b', 'arch="Linux-*"') + one('w', 'arch="*-*"'), text: 'better OS match' },
  exists: {
    feed: `${one('b', 'arch="Linux-i386"')}<implementation id="w" version="1" arch="*-src">${archive}
      <command name="compile" path="x"><compile:implementation main="x"
      xmlns:compile="http://zero-install.sourceforge.net/2006/namespaces/0compile"/></command></implementation>`,
    text: 'needs to be compiled',
  },
  cpu: { feed: one('b', 'arch="*-x86_64"') + one('w', 'arch="*-i686"'), text: 'better CPU match' },
  country: {
    feed: one('b', 'langs="de_DE"') + one('w', 'langs="de_AT"'),
    text: 'natural languages we understand are preferred',
  },
  available: { feed: one('stored', '') + one('w', ''), text: 'is locally available' },
  id: { feed: one('x', '') + one('w', ''), text: 'better ID (tie-breaker)' },
};

describe('the key that decided', () => {
  it.each(Object.entries(cases))('%s', (key, { feed, text, networkUse = 'full', isInstalled = true, worse = 'w' }) => {
    const query = queryFor('app');
    const [explanation] = explain(
      {
        ...query,
        requirements: { ...query.requirements, mayCompile: true },
        policy: { networkUse, helpWithTesting: false },
        overrides: key === 'preferred' ? { ratings: { [uriOf('app')]: { b: 'preferred' } } } : {},
        role: { interface: uriOf('app'), isSource: false },
        which: { text: worse },
      },
      worldOf(feed, isInstalled),
    );
    expect(explanation).toMatchObject({ kind: 'ranked-lower', key });
    expect(formatExplanation(explanation!).split(': ').at(-1)).toBe(text);
  });
});
