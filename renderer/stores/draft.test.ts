import { describe, expect, it } from 'vitest';
import type { Draft, VersionList, VersionRow } from '../../shared/model/index.ts';
import { countChanges, isLasting, withDraft, withPolicy, withRating } from './draft.ts';

const row = (id: string, userRating: VersionRow['userRating'] = null): VersionRow => ({
  id: id as VersionRow['id'],
  fromFeed: 'https://example.com/a.xml' as VersionRow['fromFeed'],
  version: id,
  released: null,
  stability: 'stable',
  userRating,
  fetch: { kind: 'local' },
  arch: null,
  langs: null,
  reason: null,
  isSelected: false,
});
const list: VersionList = {
  interface: 'https://example.com/a.xml' as VersionList['interface'],
  name: 'A',
  policy: 'testing',
  helpWithTesting: false,
  rows: [row('1'), row('2', 'buggy')],
};

describe('drafts', () => {
  it('collect ratings, and forget what is taken back', () => {
    const one = withRating({}, row('1'), 'preferred');
    const two = withRating(one, row('2', 'buggy'), null);
    expect(countChanges(two)).toBe(2);
    expect(withRating(withRating(two, row('1'), null), row('2', 'buggy'), 'buggy')).toEqual({});
  });

  it('collect policies, and forget what holds already', () => {
    const draft = withPolicy({}, list, null);
    expect(draft).toEqual({ policies: { [list.interface]: null } });
    expect(withPolicy(draft, list, 'testing')).toEqual({});
  });

  it('are laid over the list of versions', () => {
    const draft = withPolicy(
      withRating(withRating({}, row('1'), 'preferred'), row('2', 'buggy'), null),
      list,
      'developer',
    );
    const shown = withDraft(list, list.interface, draft);
    expect(shown.policy).toBe('developer');
    expect(shown.rows.map(({ userRating }) => userRating)).toEqual(['preferred', null]);
    expect(withDraft(list, 'https://example.com/other.xml', {})).toEqual(list);
  });

  it('last if they hold nothing but ratings, policies and settings', () => {
    const lasting: Draft = { ratings: {}, policies: {}, networkUse: 'full', helpWithTesting: true };
    expect(isLasting(lasting)).toBe(true);
    expect(isLasting({ ...lasting, command: 'test' })).toBe(false);
    expect(isLasting({ restrictions: { a: null } })).toBe(false);
  });
});
