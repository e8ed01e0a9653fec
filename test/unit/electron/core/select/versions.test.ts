import { describe, expect, it } from 'vitest';
import { findImplementation, findOwners } from '../../../../../electron/core/select/find.ts';
import { listVersions } from '../../../../../electron/core/select/versions.ts';
import { memoryWorld, queryFor, uriOf } from '../../../../helpers/memory-world.ts';

const archive = '<archive href="https://example.com/a.tgz" size="10"/>';
const version = (id: string, number: string, more = '') =>
  `<implementation id="${id}" version="${number}" ${more}><manifest-digest sha256="${id}" sha256new="${id}"/>${archive}</implementation>`;

const world = memoryWorld(
  {
    app: `<implementation id="a" version="1" main="x"><requires interface="${uriOf('lib')}" version="..!4"/>${archive}</implementation>`,
    lib: `<summary>a library</summary><homepage>https://example.com</homepage>
      <feed src="${uriOf('more')}"/><feed src="${uriOf('windows')}" arch="Windows-*"/><feed src="${uriOf('gone')}"/>
      ${version('v1', '01.0', 'stability="stable"')}${version('bad', '2', 'stability="buggy"')}${version('v3', '3')}
      ${version('win', '5', 'arch="Windows-*"')}${version('v4', '4')}`,
    more: version('v2', '2'),
    windows: version('w', '9'),
  },
  {
    feedPreferences: (feed) => ({
      lastChecked: null,
      ratings: new Map(feed === uriOf('more') ? [['v2', 'preferred' as const]] : []),
    }),
  },
);
const query = (name: string) => ({ ...queryFor('app'), role: { interface: uriOf(name), isSource: false } });

describe('listVersions', () => {
  it('lists the usable ones best first, then the others, highest first', () => {
    const { rows, name, policy } = listVersions(query('lib'), world);
    expect(name).toBe('lib');
    expect(policy).toBeNull();
    expect(rows.map((row) => [row.id, row.version, row.userRating, row.isSelected, row.reason])).toEqual([
      ['v2', '2', 'preferred', true, null],
      ['v1', '1.0', null, false, null],
      ['v4', '4', null, false, null],
      ['v3', '3', null, false, null],
      ['win', '5', null, false, 'Not compatible with the requested OS type'],
      ['bad', '2', null, false, "Poor stability 'buggy'"],
    ]);
  });

  it('lists the feeds, also those that are not used or not there', () => {
    const { feeds } = listVersions(query('lib'), world);
    expect(feeds.map(({ name, origin, arch, isUsed, status }) => [name, origin, arch, isUsed, status])).toEqual([
      [uriOf('lib'), 'main', null, true, 'ready'],
      [uriOf('more'), 'imported', null, true, 'ready'],
      [uriOf('windows'), 'imported', 'Windows-*', false, 'ready'],
      [uriOf('gone'), 'imported', null, true, 'missing'],
    ]);
    expect(feeds[0]).toMatchObject({ title: 'lib', summary: 'a library', homepages: ['https://example.com'] });
  });

  it('also lists a component that the program does not use', () => {
    const { rows } = listVersions(query('windows'), world);
    expect(rows.map((row) => [row.id, row.isSelected])).toEqual([['w', false]]);
  });
});

describe('findImplementation', () => {
  it('finds by feed and id', () => {
    expect(findImplementation(world, uriOf('more'), 'v2')).toMatchObject({
      version: '2',
      userRating: 'preferred',
      digests: ['sha256=v2', 'sha256new_v2'],
      availability: { kind: 'download', sizeBytes: 10 },
    });
    expect(findImplementation(world, uriOf('more'), 'v9')).toBeNull();
    expect(findImplementation(world, uriOf('gone'), 'v2')).toBeNull();
  });
});

describe('findOwners', () => {
  it('names the first feed that lists a directory', () => {
    const feeds = [uriOf('gone'), uriOf('lib'), uriOf('more')];
    expect(findOwners(world, feeds, ['sha256new_v2', 'sha256=v1', 'sha256new_nobody', '__proto__'])).toEqual({
      'sha256=v1': { interface: uriOf('lib'), id: 'v1', name: 'lib', version: '01.0' },
      sha256new_v2: { interface: uriOf('more'), id: 'v2', name: 'more', version: '2' },
    });
  });
});
