import { describe, expect, it } from 'vitest';
import { listing } from '../../api/scripted/storage.ts';
import { createWorld } from '../../api/scripted/world.ts';
import {
  affectedPrograms,
  canRepair,
  deletableItems,
  filterItems,
  groupRows,
  itemsOf,
  leastFreed,
  pickKeys,
  recentPrograms,
  selectedKeys,
  shareFiles,
  sortItems,
  sumBytes,
} from './selectors.ts';

const whole = listing(createWorld());
const { items } = whole;
const bySize = { column: 'size', direction: 'descending' } as const;

describe('the list of stored things', () => {
  it('is found by name, version, digest and the programs that need it, runs included', () => {
    expect(filterItems(items, 'all', 'python 3.12').map(({ version }) => version)).toEqual(['3.12.12']);
    expect(filterItems(items, 'all', '7kq2').map(({ kind }) => kind)).toEqual(['unowned']);
    expect(filterItems(items, 'all', 'memo').map(({ name }) => name)).toContain('Toolkit');
    expect(filterItems(items, 'all', '  ')).toBe(items);
  });

  it('is narrowed to what nothing needs, what is nobody’s, and what is damaged', () => {
    expect(filterItems(items, 'loose', '').map(({ kind }) => kind)).toEqual(['unowned', 'unowned', 'temporary']);
    const unneeded = filterItems(items, 'unneeded', '');
    expect(unneeded.map(({ version }) => version)).toContain('3.12.12');
    expect(unneeded.map(({ version }) => version)).not.toContain('2.4');
    expect(filterItems(items, 'damaged', '')).toEqual([]);
    const damaged = items.map((item) => (item.name === 'Memo' ? { ...item, damage: 'changed' } : item));
    expect(filterItems(damaged, 'damaged', '').map(({ name }) => name)).toEqual(['Memo']);
  });

  it('is ordered by any column, what lacks a value last either way', () => {
    const sizes = sortItems(items, bySize).map(({ sizeBytes }) => sizeBytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    const freed = sortItems(items, { column: 'freed', direction: 'ascending' }).map(({ freedBytes }) => freedBytes);
    expect(freed).toEqual([...freed].sort((a, b) => a - b));
    for (const direction of ['ascending', 'descending'] as const) {
      const named = sortItems(items, { column: 'name', direction }).map(({ name }) => name);
      expect(named.slice(-3)).toEqual([null, null, null]);
      const used = sortItems(items, { column: 'used', direction }).map(({ lastUsedAt }) => lastUsedAt);
      expect(used.slice(-4)).toEqual([null, null, null, null]);
    }
    const versions = sortItems(items, { column: 'version', direction: 'ascending' }).map(({ version }) => version);
    expect(versions.indexOf('3.2')).toBeLessThan(versions.indexOf('3.12.12'));
  });
});

describe('groups', () => {
  const rows = groupRows(sortItems(items, bySize), bySize);
  const python = rows.find((row) => row.kind === 'group' && row.name === 'Python')!;
  const [first, second] = itemsOf(python).map(({ id }) => id);

  it('hold the versions of a program, the largest together first', () => {
    expect(itemsOf(python)).toHaveLength(2);
    const sums = rows.map((row) => sumBytes(itemsOf(row)));
    expect(sums).toEqual([...sums].sort((a, b) => b - a));
    expect(rows.flatMap(itemsOf)).toHaveLength(items.length);
  });

  it('are selected when all of theirs is, and take it along', () => {
    const none: ReadonlySet<string> = new Set();
    const all = pickKeys(rows, none, new Set([python.key]));
    expect(all).toEqual(new Set([first, second]));
    const shown = selectedKeys(rows, all);
    expect(shown.has(python.key)).toBe(true);
    expect(pickKeys(rows, shown, new Set([first!, second!]))).toEqual(none);
  });

  it('leave the others alone when one item is unticked', () => {
    const shown = selectedKeys(rows, new Set([first!, second!]));
    const rest = pickKeys(rows, shown, new Set([...shown].filter((key) => key !== first)));
    expect(rest).toEqual(new Set([second]));
    expect(selectedKeys(rows, rest).has(python.key)).toBe(false);
  });

  it('are all picked by "select all", and none by its opposite', () => {
    const everything = new Set([...rows.map(({ key }) => key), ...items.map(({ id }) => id)]);
    const picked = pickKeys(rows, new Set(), everything);
    expect(picked.size).toBe(items.length);
    expect(pickKeys(rows, selectedKeys(rows, picked), new Set()).size).toBe(0);
  });
});

describe('deleting', () => {
  it('leaves out what may not be deleted and what is being used', () => {
    expect(deletableItems(whole)).toHaveLength(items.length - 1);
    const busy = { ...whole, items: items.map((item) => ({ ...item, isInUse: item.name === 'Memo' })) };
    expect(deletableItems(busy)).toHaveLength(items.length - 2);
  });

  it('names the programs that will miss something, once each, and those whose runs used it', () => {
    expect(affectedPrograms(items)).toEqual(['Filer', 'Memo']);
    expect(affectedPrograms(items.filter(({ kind }) => kind !== 'implementation'))).toEqual([]);
    expect(recentPrograms(items)).toEqual(['Filer']);
    expect(recentPrograms(items.filter(({ neededBy }) => neededBy.length > 0))).toEqual([]);
  });

  it('frees at least what each alone would; more if they share files, which has to be measured', () => {
    const pythons = items.filter(({ name }) => name === 'Python');
    expect(leastFreed(pythons)).toBeLessThan(sumBytes(pythons));
    expect(shareFiles(pythons)).toBe(true);
    expect(shareFiles(pythons.slice(1))).toBe(false);
    expect(shareFiles(items.filter(({ name }) => name !== 'Python'))).toBe(false);
  });
});

it('only what a feed lists can be repaired', () => {
  const damaged = items.map((item) => ({ ...item, damage: 'changed' }));
  expect(damaged.filter(canRepair).every(({ kind }) => kind === 'implementation')).toBe(true);
  expect(items.filter(canRepair)).toEqual([]);
});
