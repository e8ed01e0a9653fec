import { describe, expect, it } from 'vitest';
import {
  emptyTrustDb,
  formatTrustDb,
  isTrustedFor,
  keysTrustedFor,
  parseTrustDb,
  trustByDomain,
  withoutTrust,
  withTrust,
} from '../../../../../electron/core/trust/trust-db.ts';
import { trustNamespace, type XmlElement } from '../../../../../electron/core/xml/element.ts';

const element = (name: string, attributes: Record<string, string>, children: XmlElement[] = []): XmlElement => ({
  namespace: trustNamespace,
  name,
  attributes,
  children,
  text: '',
  line: 0,
  column: 0,
});
const key = (fingerprint: string, ...domains: string[]): XmlElement =>
  element(
    'key',
    { fingerprint },
    domains.map((value) => element('domain', { value })),
  );

describe('the trust database', () => {
  it('reads what it writes', () => {
    const db = withTrust(
      withTrust(withTrust(emptyTrustDb, 'ABC1', 'example.com'), 'DEF2', '*'),
      'abc1',
      'example.org:8080',
    );
    expect(parseTrustDb(formatTrustDb(db), 'trustdb.xml')).toEqual(db);
    expect(db.get('ABC1')).toEqual(['example.com', 'example.org:8080']);
  });

  it('takes the last of several keys with one fingerprint, whatever its case', () => {
    const root = element('trusted-keys', {}, [key('abc1', 'a.example'), key('ABC1', 'b.example')]);
    expect([...parseTrustDb(root, 'trustdb.xml')]).toEqual([['ABC1', ['b.example']]]);
  });

  it('ignores what it does not understand', () => {
    const foreign = { ...key('ABC1', 'a.example'), namespace: 'http://other.example/' };
    const root = element('trusted-keys', {}, [
      foreign,
      key('not hex', 'a.example'),
      key('', 'a.example'),
      key('ABC2', ''),
    ]);
    expect([...parseTrustDb(root, 'trustdb.xml')]).toEqual([['ABC2', []]]);
  });

  it('says when it is something else', () => {
    expect(() => parseTrustDb(element('interface', {}), '/home/me/trustdb.xml')).toThrow(
      expect.objectContaining({
        code: 'bad-settings',
        params: expect.objectContaining({ path: '/home/me/trustdb.xml' }) as unknown,
      }),
    );
  });

  it('removes a key with its last domain', () => {
    const db = withTrust(withTrust(emptyTrustDb, 'ABC1', 'a.example'), 'ABC1', 'b.example');
    expect(withoutTrust(db, 'abc1', 'a.example').get('ABC1')).toEqual(['b.example']);
    expect(withoutTrust(withoutTrust(db, 'ABC1', 'a.example'), 'ABC1', 'b.example').size).toBe(0);
  });

  it('lists by domain', () => {
    const db = parseTrustDb(
      element('trusted-keys', {}, [key('B', 'z.example', 'a.example'), key('A', 'z.example')]),
      '',
    );
    expect([...trustByDomain(db)]).toEqual([
      ['a.example', ['B']],
      ['z.example', ['B', 'A']],
    ]);
  });
});

describe('isTrustedFor', () => {
  const feed = 'http://example.com/a.xml';
  const trusts = (domain: string, url: string): boolean =>
    isTrustedFor(withTrust(emptyTrustDb, 'ABC1', domain), ['abc1'], url);

  it.each([
    ['example.com', feed, true],
    ['Example.COM', feed, true],
    ['example.com', 'https://example.com/a.xml', true],
    ['example.com:80', feed, true],
    ['example.com:80', 'https://example.com/a.xml', false],
    ['*', feed, true],
    ['www.example.com', feed, false],
    ['example.com', 'http://www.example.com/a.xml', false],
    ['example.com', 'http://example.com:8080/a.xml', false],
    ['example.com:8080', feed, false],
    ['example.com:8080', 'https://example.com:8080/a.xml', true],
  ])('%s and %s: %s', (domain, url, expected) => {
    expect(trusts(domain, url)).toBe(expected);
  });

  it('accepts the primary key in place of the subkey', () => {
    const db = withTrust(emptyTrustDb, 'FFFF', 'example.com');
    expect(isTrustedFor(db, ['ABC1', 'FFFF'], feed)).toBe(true);
    expect(isTrustedFor(db, ['ABC1'], feed)).toBe(false);
  });

  it('lists the keys of a domain without those trusted everywhere', () => {
    const db = withTrust(withTrust(emptyTrustDb, 'A', '*'), 'B', 'example.com');
    expect(keysTrustedFor(db, feed)).toEqual(['B']);
  });
});
