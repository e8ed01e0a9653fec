import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { GlobalConfig } from '../../../../electron/core/ports/settings.ts';
import type { SelectAnswer, SelectQuery, TreeRow } from '../../../../electron/core/select/model.ts';
import type { PackageReply } from '../../../../electron/core/select/native-packages.ts';
import { createSelectService, type SelectOptions } from '../../../../electron/services/select-service.ts';
import { toRequirements } from '../../../../electron/services/run-service.ts';

const root = 'https://example.com/app.xml';
const lib = 'https://example.com/lib.xml';
const requirements = toRequirements({ interface: root });

const row = (kind: 'cached' | 'download'): TreeRow => ({
  role: { interface: root, isSource: false },
  depth: 0,
  name: 'App',
  summary: '',
  problem: [],
  implementation: {
    id: 'a',
    fromFeed: root,
    version: '1',
    released: null,
    stability: 'stable',
    userRating: null,
    arch: null,
    langs: null,
    availability: kind === 'cached' ? { kind, path: '/x', store: 'user' } : { kind, sizeBytes: 5 },
    digests: [],
    retrievalMethods: [],
  },
});
const solved = (usedFeeds: readonly string[], kind: 'cached' | 'download' = 'cached'): SelectAnswer => ({
  status: 'solved',
  selections: { interface: root, command: 'run', isSource: false, selections: [] },
  usedFeeds,
  packageNames: [],
  warnings: [],
  tree: [row(kind)],
  needsTerminal: false,
});
const unsolved = (usedFeeds: readonly string[]): SelectAnswer => ({
  status: 'no-solution',
  report: 'nothing',
  usedFeeds,
  packageNames: [],
  warnings: [],
  tree: [],
  needsTerminal: false,
});

const reply = (name: string, installable: readonly string[]): PackageReply =>
  installable.includes(name)
    ? {
        installable: { id: `package:deb:${name}:1:*`, version: '1', cpu: null, sizeBytes: 4 },
        note: null,
        warning: null,
      }
    : { installable: null, note: `${name}: not known`, warning: null };

/** Feeds arrive by `refresh`; the answer depends on which are there. */
function setup(given: {
  readonly present?: readonly string[];
  readonly stale?: readonly string[];
  readonly networkUse?: GlobalConfig['networkUse'];
  readonly isMetered?: boolean;
  readonly failing?: readonly string[];
  /** Names that could be installed; asking about others is answered, too. */
  readonly installable?: readonly string[];
  readonly answer: (present: ReadonlySet<string>, query: SelectQuery) => SelectAnswer;
}) {
  const present = new Set(given.present ?? []);
  const refreshed: string[] = [];
  const policies: SelectQuery['policy'][] = [];
  const asked: (readonly string[])[] = [];
  const service = createSelectService({
    isMetered: () => given.isMetered === true,
    solver: {
      select: (query) => {
        policies.push(query.policy);
        return Promise.resolve(given.answer(present, query));
      },
    },
    feeds: {
      refresh: (url) => {
        refreshed.push(url);
        if (given.failing?.includes(url)) return Promise.reject(new AppError('host-unknown', { host: 'example.com' }));
        present.add(url);
        return Promise.resolve({ status: 'updated' as const, later: null });
      },
      isStale: (url) => Promise.resolve(given.stale?.includes(url) === true),
    },
    packages: {
      ask: (names) => {
        asked.push(names);
        return Promise.resolve(new Map(names.map((name) => [name, reply(name, given.installable ?? [])])));
      },
    },
    config: {
      read: () =>
        Promise.resolve({
          networkUse: given.networkUse ?? 'full',
          freshnessSeconds: 0,
          helpWithTesting: false,
          autoApproveKeys: false,
          keyInfoServer: null,
          warnings: [],
        }),
    },
  });
  const options: SelectOptions = {
    mode: 'run',
    refresh: false,
    signal: new AbortController().signal,
    ask: () => Promise.resolve({ trust: [] }),
  };
  return { service, refreshed, policies, asked, options };
}

const chain = (present: ReadonlySet<string>): SelectAnswer => {
  if (!present.has(root)) return unsolved([root]);
  return present.has(lib) ? solved([root, lib]) : unsolved([root, lib]);
};

describe('select service', () => {
  it('fetches feeds as they turn out to be needed, each once', async () => {
    const { service, refreshed, options } = setup({ answer: chain });
    const seen: string[] = [];
    const { answer } = await service.select(requirements, { ...options, onAnswer: ({ status }) => seen.push(status) });
    expect(answer.status).toBe('solved');
    expect(refreshed).toEqual([root, lib]);
    expect(seen).toEqual(['no-solution', 'no-solution', 'solved']);
  });

  it('does not touch the network when everything is there and fresh', async () => {
    const { service, refreshed, options } = setup({ present: [root, lib], answer: chain });
    expect((await service.select(requirements, options)).staleFeeds).toEqual([]);
    expect(refreshed).toEqual([]);
  });

  it('starts at once with stale feeds and names them for later', async () => {
    const { service, refreshed, options } = setup({ present: [root, lib], stale: [lib], answer: chain });
    expect((await service.select(requirements, options)).staleFeeds).toEqual([lib]);
    expect(refreshed).toEqual([]);
  });

  it('waits for stale feeds when told to download', async () => {
    const { service, refreshed, options } = setup({ present: [root, lib], stale: [lib], answer: chain });
    await service.select(requirements, { ...options, mode: 'download' });
    expect(refreshed).toEqual([root, lib]);
  });

  it('looks for newer feeds before it fetches implementations', async () => {
    const { service, refreshed, options } = setup({ present: [root], answer: () => solved([root], 'download') });
    await service.select(requirements, options);
    expect(refreshed).toEqual([root]);
  });

  it.each([
    { networkUse: 'off-line' as const, offline: false },
    { networkUse: 'full' as const, offline: true },
  ])('never touches the network off-line: %o', async ({ networkUse, offline }) => {
    const { service, refreshed, policies, options } = setup({ networkUse, answer: chain });
    const { answer } = await service.select(requirements, { ...options, offline, refresh: true });
    expect(answer.status).toBe('no-solution');
    expect(refreshed).toEqual([]);
    expect(policies.every(({ networkUse: use }) => use === 'off-line')).toBe(true);
  });

  it('collects the problems of feeds that could not be fetched', async () => {
    const { service, options } = setup({ answer: chain, failing: [lib] });
    const { answer, problems } = await service.select(requirements, options);
    expect(answer.status).toBe('no-solution');
    expect(problems).toMatchObject([{ code: 'host-unknown' }]);
  });

  it('ends when a chain of feeds never ends', async () => {
    let count = 0;
    const { service, refreshed, options } = setup({
      answer: () => {
        count += 1;
        return unsolved(Array.from({ length: count }, (_, index) => `https://example.com/${index}.xml`));
      },
    });
    await service.select(requirements, options);
    expect(refreshed.length).toBeLessThanOrEqual(200);
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const { service, options } = setup({ answer: chain });
    const selecting = service.select(requirements, {
      ...options,
      signal: abort.signal,
      onAnswer: () => {
        abort.abort();
      },
    });
    await expect(selecting).rejects.toThrow();
  });

  describe('the package manager', () => {
    const naming = (answer: SelectAnswer, ...names: readonly string[]): SelectAnswer => ({
      ...answer,
      packageNames: names,
    });
    /** Solved as soon as `git` could be installed. */
    const needsGit = (_: unknown, { packageReplies }: SelectQuery): SelectAnswer => {
      const isKnown = (packageReplies?.get('git')?.installable ?? null) !== null;
      return naming(isKnown ? solved([root]) : unsolved([root]), 'git', 'hg');
    };

    it('is not asked while installed packages will do', async () => {
      const { service, asked, options } = setup({ present: [root], answer: () => naming(solved([root]), 'git') });
      await service.select(requirements, options);
      expect(asked).toEqual([]);
    });

    it('is asked when there is no solution, about each name once, and the answer counts', async () => {
      const { service, asked, options } = setup({ answer: needsGit, installable: ['git'] });
      expect((await service.select(requirements, options)).answer.status).toBe('solved');
      expect(asked).toEqual([['git', 'hg']]);
      expect([...service.packageReplies().keys()]).toEqual(['git', 'hg']);
    });

    it('is asked again on a refresh', async () => {
      const { service, asked, options } = setup({ present: [root], answer: needsGit, installable: ['git'] });
      await service.select(requirements, options);
      await service.select(requirements, { ...options, refresh: true });
      expect(asked).toEqual([
        ['git', 'hg'],
        ['git', 'hg'],
      ]);
    });

    it('is asked about what new feeds name', async () => {
      const { service, asked, options } = setup({
        answer: (present) =>
          present.has(lib) ? naming(unsolved([root, lib]), 'git', 'hg') : naming(unsolved([root, lib]), 'git'),
      });
      await service.select(requirements, options);
      expect(asked).toEqual([['git'], ['hg']]);
    });

    it('is asked off-line, too, because it needs no network', async () => {
      const { service, asked, refreshed, options } = setup({ networkUse: 'off-line', answer: needsGit });
      await service.select(requirements, options);
      expect([asked, refreshed]).toEqual([[['git', 'hg']], []]);
    });
  });

  it('counts full use of the network as minimal on a metered connection, and changes nothing else', async () => {
    const uses = async (networkUse: GlobalConfig['networkUse']) => {
      const { service } = setup({ networkUse, isMetered: true, answer: () => solved([root]) });
      return (await service.policy()).networkUse;
    };
    expect(await Promise.all([uses('full'), uses('minimal'), uses('off-line')])).toEqual([
      'minimal',
      'minimal',
      'off-line',
    ]);
  });
});
