import { describe, expect, it } from 'vitest';
import { findConflict } from '../../../../../electron/core/select/conflict.ts';
import { withDraft } from '../../../../../electron/core/select/draft.ts';
import type { Requirements, SelectQuery } from '../../../../../electron/core/select/model.ts';
import { select } from '../../../../../electron/core/select/select.ts';
import type { SelectWorld } from '../../../../../electron/core/select/world.ts';
import { memoryWorld, queryFor, uriOf } from '../../../../helpers/memory-world.ts';

const archive = '<archive href="https://example.com/a.tgz" size="10"/>';
const version = (id: string, number: string, more = '', body = '') =>
  `<implementation id="${id}" version="${number}" ${more}>${archive}${body}</implementation>`;
const needs = (name: string, more = '') => `<requires interface="${uriOf(name)}" ${more}/>`;
const app = (body: string) => version('a', '1', 'main="x"', body);
const asking = (change: Partial<Requirements>, policy: Partial<SelectQuery['policy']> = {}): SelectQuery => {
  const query = queryFor('app');
  return { ...query, requirements: { ...query.requirements, ...change }, policy: { ...query.policy, ...policy } };
};

/** The conflict in few words; every resolution must give what its preview says. */
function conflictOf(world: SelectWorld, query = queryFor('app')) {
  const conflict = findConflict(query, world);
  if (conflict.status !== 'conflict') throw new Error(conflict.status);
  expect(conflict.isMinimal).toBe(true);
  for (const { draft, preview } of conflict.resolutions) {
    const answer = select(withDraft(query, draft), world);
    if (answer.status !== 'solved') throw new Error('a resolution gives no solution');
    const previewed = preview.changes.flatMap(({ to }) => (to === null ? [] : [to.id]));
    expect(answer.selections.selections.map(({ id }) => id)).toEqual(expect.arrayContaining(previewed));
  }
  const short = (uri: string) => uri.replace('https://example.com/', '').replace('.xml', '');
  return {
    obstacles: conflict.obstacles.map((one) => {
      if (one.kind === 'wanted') return `wanted ${one.command ?? '-'}`;
      if (one.kind === 'requires') {
        const what = [...one.restrictions, ...one.commands].join(', ');
        return `${short(one.role.interface)} ${one.versions.join('/')} -> ${short(one.target.interface)} ${what}`.trim();
      }
      if (one.kind === 'rejected') return `${short(one.role.interface)} ${one.versions.join('/')} ${one.why}`;
      if (one.kind === 'own-command') return `${short(one.role.interface)} own ${one.command}`;
      return one.kind === 'replaced'
        ? `${short(one.role.interface)} replaced by ${short(one.replacement.interface)}`
        : one.kind;
    }),
    remedies: conflict.resolutions.map(({ remedies }) => remedies.map(({ kind, ...one }) => ({ kind, ...one }))),
    missingFeeds: conflict.missingFeeds,
    conflict,
  };
}

describe('findConflict', () => {
  it('says nothing where there is a solution', () => {
    expect(findConflict(queryFor('app'), memoryWorld({ app: app('') }))).toEqual({ status: 'solved' });
  });

  it('passes mistakes in feeds on', () => {
    const world = memoryWorld({ app: app('<requires interface="nonsense"/>') });
    expect(findConflict(queryFor('app'), world)).toMatchObject({ status: 'failed' });
  });

  it('names two components that ask for different versions of a third, and nothing else', () => {
    const world = memoryWorld({
      app: app(needs('other') + needs('lib', 'version="2.."') + needs('plugin')),
      other: version('o', '1'),
      lib: version('l1', '1') + version('l2', '2'),
      plugin: version('p', '7', '', needs('lib', 'version="..!2"')),
    });
    expect(conflictOf(world)).toMatchObject({
      obstacles: ['wanted -', 'app 1 -> lib version 2..', 'app 1 -> plugin', 'plugin 7 -> lib version ..!2'],
      remedies: [],
    });
  });

  it('offers to rate a version that is only ruled out by its level, and only the one that is needed', () => {
    const world = memoryWorld({
      app: app(needs('lib', 'version="2.."')),
      lib: version('l1', '1') + version('l2', '2', 'stability="buggy"') + version('l3', '3', 'stability="insecure"'),
    });
    const role = { interface: uriOf('lib'), isSource: false };
    const named = (id: string, number: string) => ({ id, fromFeed: uriOf('lib'), version: number });
    const { obstacles, remedies, conflict } = conflictOf(world);
    expect(obstacles).toEqual(['wanted -', 'app 1 -> lib version 2..', 'lib 2/3 stability']);
    expect(remedies).toEqual([
      [{ kind: 'rate', role, version: named('l2', '2'), level: 'buggy', rating: 'testing' }],
      [{ kind: 'rate', role, version: named('l3', '3'), level: 'insecure', rating: 'testing' }],
    ]);
    expect(conflict.resolutions[0]!.draft).toEqual({ ratings: { [uriOf('lib')]: { l2: 'testing' } } });
    expect(conflict.resolutions[0]!.preview).toMatchObject({
      before: { status: 'no-solution' },
      after: { status: 'solved' },
      changes: [{ role, from: null, to: named('l2', '2') }],
      fetchBytes: { before: 10, after: 20 },
    });
  });

  it('offers to take back a rating of the person', () => {
    const world = memoryWorld(
      { app: app('') },
      { feedPreferences: () => ({ lastChecked: null, ratings: new Map([['a', 'buggy' as const]]) }) },
    );
    expect(conflictOf(world)).toMatchObject({
      obstacles: ['wanted -', 'app 1 stability'],
      remedies: [[{ kind: 'unrate', level: 'buggy' }]],
    });
  });

  it('offers to drop a restriction of the person', () => {
    const world = memoryWorld({
      app: app(needs('lib', 'version="2.."')),
      lib: version('l1', '1') + version('l2', '2'),
    });
    expect(conflictOf(world, asking({ restrictions: { [uriOf('lib')]: '..!2' } }))).toMatchObject({
      obstacles: ['wanted -', 'app 1 -> lib version 2..', 'lib 2 restriction'],
      remedies: [[{ kind: 'drop-restriction', interface: uriOf('lib'), restriction: '..!2' }]],
    });
  });

  it('offers to go on-line, another machine, compiling and another command', () => {
    const offline = asking({}, { networkUse: 'off-line' });
    expect(conflictOf(memoryWorld({ app: app('') }), offline).remedies).toEqual([[{ kind: 'go-online' }]]);

    const windows = memoryWorld({ app: version('w', '1', 'main="x" arch="Windows-x86_64"') });
    expect(conflictOf(windows)).toMatchObject({
      obstacles: ['wanted -', 'app 1 os'],
      remedies: [[{ kind: 'platform', os: 'Windows', cpu: 'x86_64' }]],
    });

    const source = memoryWorld({
      app: `<implementation id="s" version="1" arch="*-src">${archive}<command name="compile" path="make">
        <compile:implementation xmlns:compile="http://zero-install.sourceforge.net/2006/namespaces/0compile" main="x"/>
        </command></implementation>`,
    });
    expect(conflictOf(source).remedies).toEqual([[{ kind: 'compile' }]]);

    const tool = memoryWorld({ app: version('t', '1', '', '<command name="convert" path="x"/>') });
    expect(conflictOf(tool)).toMatchObject({
      obstacles: ['wanted run'],
      remedies: [[{ kind: 'command', command: 'convert' }]],
    });
  });

  it('names machine groups and replaced components', () => {
    const mixed = memoryWorld(
      {
        app: version('a', '1', 'main="x" arch="Linux-x86_64"', needs('lib')),
        lib: version('l', '1', 'arch="Linux-i686"'),
      },
      { host: { os: 'Linux', cpu: 'x86_64', hasMultiArch: true, languages: [], distribution: 'fallback' } },
    );
    expect(conflictOf(mixed).obstacles).toEqual(['wanted -', 'app 1 -> lib', 'machine-groups']);

    const replaced = memoryWorld({
      app: app(needs('old') + needs('new')),
      old: `<replaced-by interface="${uriOf('new')}"/>${version('o', '1')}`,
      new: version('n', '1'),
    });
    expect(conflictOf(replaced).obstacles).toEqual(['wanted -', 'app 1 -> old', 'app 1 -> new', 'old replaced by new']);
  });

  it('names feeds that are not here, with what is known about it', () => {
    const { obstacles, missingFeeds, conflict } = conflictOf(memoryWorld({ app: app(needs('lib')) }));
    expect(obstacles).toEqual(['wanted -', 'app 1 -> lib']);
    expect(missingFeeds).toEqual([uriOf('lib')]);
    expect(conflict.obstacles[1]).toMatchObject({
      targetHasVersions: false,
      notes: [`Main feed '${uriOf('lib')}' not available`],
    });
  });

  it('offers two remedies together only if none helps alone', () => {
    const world = memoryWorld({ app: version('a', '1', 'main="x" stability="buggy"') });
    const query = asking({ restrictions: { [uriOf('app')]: '2..' } }, { networkUse: 'off-line' });
    const kinds = conflictOf(world, asking({ restrictions: { [uriOf('app')]: '2..' } })).remedies.map((one) =>
      one.map(({ kind }) => kind),
    );
    expect(kinds).toEqual([['drop-restriction', 'rate']]);
    expect(conflictOf(world, query).remedies).toEqual([]);
  });

  it('is content with less when it is late', () => {
    const world = memoryWorld({ app: app(needs('lib')) });
    expect(findConflict(queryFor('app'), world, { isLate: () => true })).toMatchObject({
      status: 'conflict',
      obstacles: [{ kind: 'wanted' }, { kind: 'requires' }],
      isMinimal: false,
      resolutions: [],
    });
  });
});
