import { describe, expect, it } from 'vitest';
import type { Draft, VersionList, VersionRow } from '../../shared/model/index.ts';
import {
  countChanges,
  draftSummary,
  isLasting,
  withDraft,
  withFeed,
  withPolicy,
  withRating,
  withRestriction,
} from './draft.ts';

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
  restriction: '2..',
  helpWithTesting: false,
  rows: [row('1'), row('2', 'buggy')],
};

describe('drafts', () => {
  it('collect feeds, and forget what is taken back', () => {
    const added = withFeed({}, { uri: 'i', feed: 'f', isWanted: true, isPresent: false });
    expect(added).toEqual({ feeds: { i: { added: ['f'] } } });
    expect(withFeed(added, { uri: 'i', feed: 'f', isWanted: false, isPresent: false })).toEqual({});
    const removed = withFeed(added, { uri: 'i', feed: 'g', isWanted: false, isPresent: true });
    expect(removed).toEqual({ feeds: { i: { added: ['f'], removed: ['g'] } } });
    expect(countChanges(removed)).toBe(2);
    expect(withFeed(removed, { uri: 'i', feed: 'g', isWanted: true, isPresent: true })).toEqual(added);
    expect(isLasting(removed)).toBe(true);
  });

  it('collect ranges of versions, which only an app remembers', () => {
    const any = withRestriction({}, list, null);
    expect(any).toEqual({ restrictions: { [list.interface]: null } });
    expect(countChanges(any)).toBe(1);
    expect(withRestriction(any, list, '2..')).toEqual({});
    expect(draftSummary(any, { status: 'loading' }, false).needsApp).toBe(true);
    expect(draftSummary(any, { status: 'loading' }, true).needsApp).toBe(false);
    expect(draftSummary({}, { status: 'loading' }, false).needsApp).toBe(false);
  });

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
