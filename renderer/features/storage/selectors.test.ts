import { describe, expect, it } from 'vitest';
import { createWorld, listing } from '../../api/scripted/world.ts';
import { affectedPrograms, deletableItems, filterItems, pickedItems, sortItems, sumBytes } from './selectors.ts';

const { items } = createWorld();
const whole = listing(createWorld());

describe('the list of stored things', () => {
  it('is found by name, version, digest and the programs that need it', () => {
    expect(filterItems(items, 'python 3.12').map(({ version }) => version)).toEqual(['3.12.12']);
    expect(filterItems(items, '7kq2').map(({ kind }) => kind)).toEqual(['unowned']);
    expect(filterItems(items, 'memo').map(({ name }) => name)).toContain('Toolkit');
    expect(filterItems(items, '  ')).toBe(items);
  });

  it('is ordered by any column, what lacks a value last either way', () => {
    const sizes = sortItems(items, { column: 'size', direction: 'descending' }).map(({ sizeBytes }) => sizeBytes);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    for (const direction of ['ascending', 'descending'] as const) {
      expect(
        sortItems(items, { column: 'name', direction })
          .slice(-3)
          .every(({ name }) => name === null),
      ).toBe(true);
    }
    const versions = sortItems(items, { column: 'version', direction: 'ascending' }).map(({ version }) => version);
    expect(versions.indexOf('3.2')).toBeLessThan(versions.indexOf('3.12.12'));
  });
});

describe('deleting', () => {
  it('leaves out what may not be deleted', () => {
    expect(deletableItems(whole)).toHaveLength(whole.items.length - 1);
  });

  it('names the programs that will miss something, once each', () => {
    expect(affectedPrograms(items)).toEqual(['Filer', 'Memo']);
    expect(affectedPrograms(items.filter(({ kind }) => kind !== 'implementation'))).toEqual([]);
  });

  it('counts only what is still there', () => {
    const picked = new Set([items[0]!.id, '0:gone']);
    expect(pickedItems(whole, picked)).toHaveLength(1);
    expect(sumBytes(pickedItems(whole, picked))).toBe(items[0]!.sizeBytes);
  });
});
