import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../../../../electron/core/ports/run-log.ts';
import type { SelectAnswer, StoredOwner } from '../../../../electron/core/select/model.ts';
import type { Selections } from '../../../../electron/core/selections/model.ts';
import type { LibraryApp } from '../../../../electron/services/library-service.ts';
import { createStoreRoots, type StoreRoots } from '../../../../electron/services/store-roots.ts';

const uri = 'https://example.com/tool.xml';
const app = (versions: Record<string, string> = {}): LibraryApp => ({
  addedAt: '',
  lastRunAt: null,
  name: 'Tool',
  versions,
});
const owner = (version: string): StoredOwner => ({ interface: uri, id: version, name: 'Tool', version });
const run = (hour: number, of: string, ...digests: readonly string[]): RunRecord => ({
  at: `2026-11-25T0${hour}:00:00Z`,
  interface: of,
  digests,
});
const selectionsOf = (...digests: readonly string[]): Selections =>
  ({ selections: digests.map((digest) => ({ digests: [digest, `other-${digest}`] })) }) as unknown as Selections;

interface World {
  readonly library?: Readonly<Record<string, LibraryApp>>;
  readonly selected?: Readonly<Record<string, readonly string[]>>;
  readonly apps?: Readonly<Record<string, readonly string[]>>;
  readonly appsRunAt?: string | null;
  readonly runs?: readonly RunRecord[];
  readonly historyCount?: number;
}

function rootsOf({
  library = {},
  selected = {},
  apps = {},
  appsRunAt = null,
  runs = [],
  historyCount = 10,
}: World): Promise<StoreRoots> {
  return createStoreRoots({
    library: { read: () => Promise.resolve(library) },
    select: {
      local: ({ interface: asked }) => {
        const digests = selected[asked];
        if (digests === undefined) return Promise.resolve({ status: 'failed', reason: 'x' } as unknown as SelectAnswer);
        const tree = [{ name: `Nice ${asked}` }];
        return Promise.resolve({
          status: 'solved',
          tree,
          selections: selectionsOf(...digests),
        } as unknown as SelectAnswer);
      },
    },
    apps: {
      list: () =>
        Promise.resolve(
          Object.entries(apps).map(([name, digests]) => ({
            app: name,
            path: name,
            selections: selectionsOf(...digests),
            lastRunAt: appsRunAt,
          })),
        ),
    },
    runLog: { read: () => Promise.resolve(runs) },
  }).find(historyCount);
}

describe('what is needed', () => {
  it('is what the programs of the library would run with, by any of its digests', async () => {
    const roots = await rootsOf({ library: { [uri]: app() }, selected: { [uri]: ['a'] } });
    const need = [{ kind: 'library', name: `Nice ${uri}` }];
    expect(roots.needsOf('a', owner('1'))).toEqual(need);
    expect(roots.needsOf('other-a', undefined)).toEqual(need);
    expect(roots.needsOf('b', owner('1'))).toEqual([]);
  });

  it('is what ran the last time, if nothing can be chosen now', async () => {
    const library = { [uri]: app({ [uri]: '1.0', 'https://example.com/lib.xml#source': '3' }) };
    const roots = await rootsOf({
      library,
      runs: [run(1, uri, 'older'), run(2, uri, 'last'), run(3, 'other', 'x')],
      historyCount: 0,
    });
    const need = [{ kind: 'library', name: 'Tool' }];
    expect(roots.needsOf('last', undefined)).toEqual(need);
    expect(roots.needsOf('unlogged', owner('1.0'))).toEqual(need);
    expect(roots.needsOf('lib', { ...owner('3'), interface: 'https://example.com/lib.xml' })).toEqual(need);
    for (const name of ['older', 'x']) expect(roots.needsOf(name, owner('2.0')), name).toEqual([]);
  });

  it('is what apps have, and the latest runs as far back as is asked for', async () => {
    const world = {
      apps: { mine: ['a'] },
      runs: [run(1, 'https://x/one.xml', 'a', 'b'), run(2, 'https://x/two.xml', 'b')],
    };
    const roots = await rootsOf(world);
    expect(roots.needsOf('a', undefined)).toEqual([
      { kind: 'app', name: 'mine' },
      { kind: 'history', name: 'one.xml' },
    ]);
    expect(roots.needsOf('b', undefined)).toEqual([
      { kind: 'history', name: 'one.xml' },
      { kind: 'history', name: 'two.xml' },
    ]);
    expect((await rootsOf({ ...world, historyCount: 1 })).needsOf('b', undefined)).toEqual([
      { kind: 'history', name: 'two.xml' },
    ]);
    expect((await rootsOf({ ...world, historyCount: 0 })).needsOf('b', undefined)).toEqual([]);
  });

  it('knows of the starts of an app that nothing of ours took part in', async () => {
    const world = { apps: { mine: ['a', 'b'] }, runs: [run(2, uri, 'a'), run(4, uri, 'b')] };
    const roots = await rootsOf({ ...world, appsRunAt: '2026-11-25T03:00:00.000Z' });
    expect(['a', 'b', 'c'].map((name) => roots.lastUsedAt(name))).toEqual([
      '2026-11-25T03:00:00.000Z',
      '2026-11-25T04:00:00Z',
      null,
    ]);
  });

  it('says each once, and when what was last used', async () => {
    const library = { [uri]: app({ [uri]: '1.0' }) };
    const roots = await rootsOf({
      library,
      selected: { [uri]: ['a'] },
      runs: [run(1, uri, 'a'), run(4, uri, 'a'), run(2, uri, 'b')],
    });
    expect(roots.needsOf('a', owner('1.0')).filter(({ kind }) => kind === 'library')).toHaveLength(1);
    expect(roots.lastUsedAt('a')).toBe('2026-11-25T04:00:00Z');
    expect(roots.lastUsedAt('c')).toBeNull();
  });
});
