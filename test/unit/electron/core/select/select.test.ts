import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import type { SelectAnswer, SelectQuery } from '../../../../../electron/core/select/model.ts';
import { select } from '../../../../../electron/core/select/select.ts';
import { localFeed, localFeedName } from '../../../../helpers/feed.ts';
import { memoryWorld, queryFor, uriOf } from '../../../../helpers/memory-world.ts';

const archive = (size: number) => `<archive href="https://example.com/a.tgz" size="${size}"/>`;
const implementation = (id: string, version: string, more = '') =>
  `<implementation id="${id}" version="${version}" ${more}><manifest-digest sha256new="${id}"/>${archive(100)}</implementation>`;

const simple = memoryWorld({
  app: `<summary>does things</summary><needs-terminal/><group main="x" stability="stable">
    ${implementation('old', '1', 'arch="Linux-x86_64" langs="de en"')}
    ${implementation('new', '2', 'stability="testing"')}
  </group>`,
});

function idOf(answer: SelectAnswer): string | undefined {
  return answer.status === 'solved' ? answer.selections.selections[0]?.id : answer.status;
}

describe('select', () => {
  it('tells what a row needs', () => {
    const answer = select(queryFor('app'), simple);
    expect(answer.needsTerminal).toBe(true);
    expect(answer.usedFeeds).toEqual([uriOf('app')]);
    expect(answer.tree).toEqual([
      {
        role: { interface: uriOf('app'), isSource: false },
        depth: 0,
        name: 'app',
        summary: 'does things',
        implementation: {
          id: 'old',
          fromFeed: uriOf('app'),
          version: '1',
          released: null,
          stability: 'stable',
          userRating: null,
          arch: 'Linux-x86_64',
          langs: 'de en',
          availability: { kind: 'download', sizeBytes: 100 },
          digests: ['sha256new_old'],
          retrievalMethods: [expect.objectContaining({ type: 'archive', sizeBytes: 100 })],
        },
        problem: [],
      },
    ]);
    expect(structuredClone(answer)).toEqual(answer);
  });

  it('says where stored files are', () => {
    const world = memoryWorld(
      { app: `<group main="x">${implementation('a', '1')}</group>` },
      {
        stored: ([name]) => (name === 'sha256new_a' ? { path: `/store/${name}`, store: 'user' } : null),
      },
    );
    const { tree } = select(queryFor('app', { policy: { networkUse: 'off-line', helpWithTesting: false } }), world);
    expect(tree[0]?.implementation?.availability).toEqual({
      kind: 'cached',
      path: '/store/sha256new_a',
      store: 'user',
    });
  });

  it.each<[string, NonNullable<SelectQuery['overrides']>, string]>([
    ['nothing', {}, 'old'],
    ['a policy', { policies: { [uriOf('app')]: 'testing' } }, 'new'],
    ['a good rating', { ratings: { [uriOf('app')]: { new: 'preferred' } } }, 'new'],
    ['a bad rating', { ratings: { [uriOf('app')]: { old: 'buggy' } } }, 'new'],
    ['a rating of another feed', { ratings: { [uriOf('other')]: { new: 'preferred' } } }, 'old'],
  ])('tries out %s without writing it', (_, overrides, id) => {
    expect(idOf(select(queryFor('app', { overrides }), simple))).toBe(id);
  });

  it('tries out removing a rating and a policy', () => {
    const world = memoryWorld(
      {
        app: `<group main="x" stability="stable">${implementation('old', '1')}${implementation('new', '2', 'stability="testing"')}</group>`,
      },
      {
        feedPreferences: () => ({ lastChecked: null, ratings: new Map([['old', 'buggy']]) }),
        interfacePreferences: () => ({ policy: 'developer', feeds: [] }),
      },
    );
    expect(idOf(select(queryFor('app'), world))).toBe('new');
    const overrides = { ratings: { [uriOf('app')]: { old: null } }, policies: { [uriOf('app')]: null } };
    expect(idOf(select(queryFor('app', { overrides }), world))).toBe('old');
  });

  it('shows the closest match with the reasons at each problem', () => {
    const world = memoryWorld({
      app: `<group main="x">${implementation('a', '1').replace(
        '<archive',
        `<requires interface="${uriOf('lib')}" version="2.."/>
        <requires interface="${uriOf('extra')}" importance="recommended"/><archive`,
      )}</group>`,
      lib: implementation('l', '1'),
    });
    const answer = select(queryFor('app'), world);
    expect(answer.status).toBe('no-solution');
    expect(
      answer.tree.map(({ name, depth, implementation: found, problem }) => [name, depth, found?.id, problem]),
    ).toEqual([
      ['app', 0, 'a', []],
      [
        'lib',
        1,
        undefined,
        [
          `${uriOf('app')} 1 requires version 2..`,
          'Rejected candidates:',
          '  v1 (l): Incompatible with restriction: version 2..',
        ],
      ],
      ['extra', 1, undefined, [`Main feed '${uriOf('extra')}' not available`, 'No known implementations at all']],
    ]);
    expect(answer.usedFeeds).toEqual([uriOf('app'), uriOf('lib'), uriOf('extra')]);
  });

  it('fails with the mistake that makes selecting impossible', () => {
    const world = memoryWorld({}, { feed: () => ({ status: 'bad', reason: 'it is broken', isFatal: true }) });
    expect(select(queryFor('app'), world)).toMatchObject({
      status: 'failed',
      reason: `it is broken\n... solving for interface ${uriOf('app')}`,
      tree: [{ name: 'app', implementation: null, problem: ['it is broken'] }],
    });
  });

  it('fails if what the person named is no feed, not if it is a bad one', () => {
    const lookup = { status: 'bad', reason: 'it is a picture', isFatal: false } as const;
    const noFeed = memoryWorld({}, { feed: () => ({ ...lookup, isNoFeed: true }) });
    expect(select(queryFor('app'), noFeed)).toMatchObject({
      status: 'failed',
      tree: [{ problem: ['it is a picture'] }],
    });
    expect(select(queryFor('app'), memoryWorld({}, { feed: () => lookup })).status).toBe('no-solution');
    const app = `<implementation id="a" version="1" main="x"><requires interface="${uriOf('lib')}"/>${archive(1)}</implementation>`;
    const withApp = memoryWorld({ app });
    const other = {
      ...withApp,
      feed: (name: string) => (name === uriOf('lib') ? noFeed.feed(name) : withApp.feed(name)),
    };
    expect(select(queryFor('app'), other).status).toBe('no-solution');
  });

  it('fails with an address that is none', () => {
    const needs = '<requires interface="http://example.com"/>';
    const world = memoryWorld({
      app: `<implementation id="a" version="1" main="x">${needs}${archive(1)}</implementation>`,
    });
    expect(select(queryFor('app'), world)).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining("Invalid URL 'http://example.com' (missing third slash)\n") as string,
    });
  });

  it('notes missing imports from the last to the first', () => {
    const world = memoryWorld({ app: `<feed src="${uriOf('b')}"/><feed src="${uriOf('a')}"/>` });
    const notes = select(queryFor('app'), world).tree[0]?.problem;
    expect(notes?.slice(0, 2)).toEqual([
      `Imported feed '${uriOf('a')}' not available`,
      `Imported feed '${uriOf('b')}' not available`,
    ]);
  });

  it('leaves out an import whose ratings cannot be read', () => {
    const feedPreferences = (feed: string) => {
      if (feed === uriOf('more')) throw new AppError('bad-settings', { path: '/ratings', reason: 'nonsense' });
      return { lastChecked: null, ratings: new Map<string, never>() };
    };
    const world = memoryWorld(
      { app: `<feed src="${uriOf('more')}"/>${implementation('a', '1')}`, more: implementation('b', '2', 'main="x"') },
      { feedPreferences },
    );
    expect(select(queryFor('app'), world).tree[0]?.problem[0]).toBe(
      `Error getting imported feed '${uriOf('more')}': nonsense`,
    );
    const main = memoryWorld({ more: '' }, { feedPreferences });
    expect(select(queryFor('more'), main)).toMatchObject({ status: 'failed' });
  });

  it('lists source code that cannot be compiled after what is unusable, by feed and id', () => {
    const source = (id: string) => implementation(id, '1', 'arch="*-src" stability="buggy"');
    const world = memoryWorld({
      app: `<feed src="${uriOf('one')}"/><feed src="${uriOf('two')}"/>${source('m2')}${source('m1')}
        ${implementation('other', '1', 'arch="Other-*" stability="stable"')}`,
      one: source('o1'),
      two: source('t1'),
    });
    const query = queryFor('app');
    const answer = select({ ...query, requirements: { ...query.requirements, mayCompile: true } }, world);
    const listed = answer.tree[0]?.problem.flatMap((line) => /\((\w+)\)/.exec(line)?.[1] ?? []);
    expect(listed).toEqual(['other', 'o1', 't1', 'm1', 'm2']);
  });

  it('takes names in the template of a binary as relative to the source code', () => {
    const template = '<compile:implementation main="x"><requires interface="./lib.xml"/></compile:implementation>';
    const source = (place: string) =>
      localFeed(`
      <group arch="*-src" ${place}><command name="compile" path="x">${template}</command>
        <implementation id="s" version="1">${archive(1)}</implementation></group>`);
    const ask = (place: string) => {
      const feed = (name: string) =>
        name === localFeedName ? { status: 'ready' as const, feed: source(place) } : { status: 'missing' as const };
      const requirements = { ...queryFor('app').requirements, interface: localFeedName, mayCompile: true };
      return select({ ...queryFor('app'), requirements }, memoryWorld({}, { feed, exists: () => true }));
    };
    expect(ask('local-path="code"').usedFeeds).toEqual([localFeedName, '/srv/feeds/code/lib.xml']);
    expect(ask('')).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining("Relative interface URI './lib.xml' in non-local feed") as string,
    });
  });

  it('survives names that every object has', () => {
    const world = memoryWorld({ app: `<group main="x">${implementation('__proto__', '1')}</group>` });
    const overrides = { ratings: { [uriOf('app')]: {} }, policies: {} };
    expect(idOf(select(queryFor('app', { overrides }), world))).toBe('__proto__');
    const command = { ...queryFor('app').requirements, command: 'constructor' };
    expect(select(queryFor('app', { requirements: command }), world).status).toBe('no-solution');
  });

  it('stops when asked to', () => {
    const holes = Array.from({ length: 8 }, (_, hole) => hole + 1);
    const pigeons = Array.from({ length: 9 }, (_, pigeon) => `p${pigeon}`);
    const feeds = pigeons.map((name, index): [string, string] => {
      const others = pigeons.slice(index + 1);
      const versions = holes.map((hole) => {
        const rules = others.map((other) => `<restricts interface="${uriOf(other)}" version="!${hole}"/>`).join('');
        return `<implementation id="${hole}" version="${hole}">${rules}${archive(1)}</implementation>`;
      });
      return [name, versions.join('')];
    });
    const needs = pigeons.map((name) => `<requires interface="${uriOf(name)}"/>`).join('');
    const app = `<implementation id="a" version="1" main="x">${needs}${archive(1)}</implementation>`;
    const world = memoryWorld(Object.fromEntries([['app', app], ...feeds]));
    expect(() => select(queryFor('app'), world, { shouldStop: () => true })).toThrow('cancelled');
    expect(select(queryFor('app'), world).status).toBe('no-solution');
  });
});
