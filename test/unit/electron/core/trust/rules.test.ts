import { describe, expect, it } from 'vitest';
import { automaticallyApproved, type UntrustedKey } from '../../../../../electron/core/trust/approval.ts';
import { isFeedStale } from '../../../../../electron/core/trust/freshness.ts';
import { keyLookupUrl, parseKeyLookup } from '../../../../../electron/core/trust/key-lookup.ts';
import { compareFeedTimes, feedTime } from '../../../../../electron/core/trust/replay.ts';
import type { XmlElement } from '../../../../../electron/core/xml/element.ts';

const goodHint = { vote: 'good', text: 'known since 2019' } as const;
const badHint = { vote: 'bad', text: 'only 1024 bits' } as const;

describe('automaticallyApproved', () => {
  const key: UntrustedKey = { fingerprint: 'A', weaknesses: [], hints: [goodHint] };
  const first = { autoApproveKeys: true, isCached: false };

  it.each<[string, UntrustedKey, typeof first, boolean]>([
    ['first time, good word', key, first, true],
    ['option off', key, { ...first, autoApproveKeys: false }, false],
    ['feed cached', key, { ...first, isCached: true }, false],
    ['nothing in time', { ...key, hints: null }, first, false],
    ['no hints', { ...key, hints: [] }, first, false],
    ['bad word', { ...key, hints: [badHint] }, first, false],
    ['good and bad word', { ...key, hints: [goodHint, badHint] }, first, false],
    ['weak key', { ...key, weaknesses: ['sha1'] }, first, false],
  ])('%s', (_name, candidate, policy, expected) => {
    expect(automaticallyApproved([candidate], policy)).toEqual(expected ? ['A'] : []);
  });

  it('approves each key on its own', () => {
    const keys = [key, { ...key, fingerprint: 'B', hints: [badHint] }, { ...key, fingerprint: 'C' }];
    expect(automaticallyApproved(keys, first)).toEqual(['A', 'C']);
  });
});

describe('feedTime', () => {
  it('is that of the oldest trusted signature', () => {
    expect(feedTime([{ createdAt: 30 }, { createdAt: 10 }, { createdAt: 20 }])).toBe(10);
    expect(feedTime([])).toBeNull();
  });

  it.each([
    [20, 10, 'store'],
    [10, 10, 'store'],
    [9, 10, 'older'],
    [20, null, 'unverifiable'],
  ] as const)('new %s against stored %s: %s', (newTime, oldTime, verdict) => {
    expect(compareFeedTimes(newTime, oldTime)).toMatchObject({ verdict });
  });
});

describe('isFeedStale', () => {
  const now = 1_700_000_000;
  const month = 30 * 24 * 3600;
  const visits = { now, lastChecked: now - 10, lastAttempt: null, freshnessSeconds: month };

  it.each([
    ['checked just now', {}, false],
    ['checked a month ago', { lastChecked: now - month }, true],
    ['never checked', { lastChecked: null }, true],
    ['never checked, never wanted', { lastChecked: null, freshnessSeconds: 0 }, true],
    ['checked long ago, never wanted', { lastChecked: 5, freshnessSeconds: 0 }, false],
    ['tried within the hour', { lastChecked: null, lastAttempt: now - 3599 }, false],
    ['tried an hour ago', { lastChecked: null, lastAttempt: now - 3600 }, true],
    ['tried far in the future', { lastChecked: null, lastAttempt: now + month }, true],
    ['checked a little ahead', { lastChecked: now + 3600 }, false],
    ['checked far in the future', { lastChecked: now + 2 * 24 * 3600 }, true],
  ])('%s: %s', (_name, change, expected) => {
    expect(isFeedStale({ ...visits, ...change })).toBe(expected);
  });
});

describe('key lookup', () => {
  const element = (
    name: string,
    attributes: Record<string, string>,
    text = '',
    children: XmlElement[] = [],
  ): XmlElement => ({
    namespace: '',
    name,
    attributes,
    children,
    text,
    line: 1,
    column: 1,
  });

  it('reads hints; what is not exactly good is bad', () => {
    const root = element('key-lookup', {}, '', [
      element('item', { vote: 'good' }, ' known\n since 2019 '),
      element('item', { vote: 'Good' }, 'x'),
      element('item', {}, 'y\u202ez'),
      element('other', { vote: 'good' }, 'ignored'),
    ]);
    expect(parseKeyLookup(root)).toEqual([
      { vote: 'good', text: 'known since 2019' },
      { vote: 'bad', text: 'x' },
      { vote: 'bad', text: 'y z' },
    ]);
    expect(parseKeyLookup(element('html', {}))).toBeNull();
    expect(parseKeyLookup({ ...root, namespace: 'http://other.example/' })).toBeNull();
  });

  it('limits what it takes', () => {
    const items = Array.from({ length: 100 }, () => element('item', { vote: 'bad' }, 'x'.repeat(5000)));
    const hints = parseKeyLookup(element('key-lookup', {}, '', items));
    expect(hints).toHaveLength(16);
    expect(hints?.[0]?.text).toHaveLength(500);
  });

  it('asks at the server', () => {
    expect(keyLookupUrl('https://keys.example/', 'AB')).toBe('https://keys.example/key/AB');
    expect(keyLookupUrl('keys.example', 'AB')).toBeNull();
  });
});
