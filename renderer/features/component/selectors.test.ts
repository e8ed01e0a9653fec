import { describe, expect, it } from 'vitest';
import type { VersionList } from '../../../shared/model/index.ts';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { createWorld, versionsOf } from '../../api/scripted/world.ts';
import { compareVersions, countUsable, liftsInsecure, orderVersions, prefersLowerRow } from './selectors.ts';

const rows = [...versionsOf(createWorld(), uriOf('memo'))];
const list: VersionList = {
  interface: uriOf('memo'),
  name: 'Memo',
  policy: null,
  restriction: null,
  helpWithTesting: false,
  rows,
};
const row = (version: string) => rows.find((one) => one.version === version)!;

describe('version order', () => {
  // The list of the design document: each is later than the one before.
  const ordered = [
    '0.1',
    '1',
    '1.0',
    '1.1',
    '1.2-pre',
    '1.2-pre1',
    '1.2-rc1',
    '1.2',
    '1.2-0',
    '1.2-post',
    '1.2-post1-pre',
    '1.2-post1',
    '1.2.1-pre',
    '1.2.1.4',
    '1.2.2',
    '1.2.10',
    '3',
  ];
  it('is the one of feeds', () => {
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it('is offered beside the order of the policy', () => {
    expect(orderVersions(rows, 'policy')).toBe(rows);
    expect(orderVersions(rows, 'version').map(({ version }) => version)).toEqual(['2.1', '2.0', '1.9.1', '1.9', '1.8']);
  });
});

describe('ratings', () => {
  it('count as usable what has no reason against it', () => {
    expect(countUsable(list)).toBe(3);
  });

  it('ask before a version with a flaw is let in', () => {
    expect(liftsInsecure({ row: row('1.8'), rating: 'stable' })).toBe(true);
    expect(liftsInsecure({ row: row('1.8'), rating: 'insecure' })).toBe(false);
    expect(liftsInsecure({ row: row('1.8'), rating: null })).toBe(false);
    expect(liftsInsecure({ row: { ...row('2.0'), userRating: 'insecure' }, rating: null })).toBe(true);
    expect(liftsInsecure({ row: row('2.0'), rating: 'preferred' })).toBe(false);
  });

  it('advise when a lower row is preferred', () => {
    expect(prefersLowerRow(list, { row: row('1.9.1'), rating: 'preferred' })).toBe(true);
    expect(prefersLowerRow(list, { row: rows[0]!, rating: 'preferred' })).toBe(false);
    expect(prefersLowerRow(list, { row: row('1.9.1'), rating: 'stable' })).toBe(false);
  });
});
