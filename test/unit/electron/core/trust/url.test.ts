import { describe, expect, it } from 'vitest';
import { domainSpellings, feedDomain } from '../../../../../electron/core/trust/domain.ts';
import { parseHttpUrl, redactUrl } from '../../../../../electron/core/trust/url.ts';

const blanks = 'it contains blanks or characters that mean different things to different programs';

describe('parseHttpUrl', () => {
  it.each([
    'http://example.com/a.xml',
    'https://user:secret@example.com:8080/a/b.xml?x=1',
    'http://[::1]:8080/a.xml',
    'http://127.0.0.1/a.xml',
    'http://bücher.example/a.xml',
    'http://EXAMPLE.com:80/a.xml',
  ])('takes %s', (text) => {
    expect(parseHttpUrl(text).protocol).toMatch(/^https?:$/);
  });

  it.each([
    ['ftp://example.com/a.xml', 'ftp is not supported'],
    ['HTTP://example.com/a.xml', 'it does not begin with http:// or https://'],
    ['file:///etc/passwd', 'it does not begin with http:// or https://'],
    ['/home/me/a.xml', 'it does not begin with http:// or https://'],
    ['http:///a.xml', 'it names no server'],
    ['http://user@/a.xml', 'it names no server'],
    ['http://exa mple.com/a.xml', blanks],
    ['http://example.com/a\n.xml', blanks],
    ['http://good.example\\@evil.example/a.xml', blanks],
    ['http://ex%61mple.com/a.xml', 'the name of the server is written in an unusual way'],
    ['http://0x7f.1/a.xml', 'the name of the server is written in an unusual way'],
    ['http://2130706433/a.xml', 'the name of the server is written in an unusual way'],
    ['http://example.com:99999/a.xml', 'it is not well-formed'],
    [`http://example.com/${'a'.repeat(5000)}`, 'it is too long'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseHttpUrl(text)).toThrow(
      expect.objectContaining({ code: 'bad-url', params: expect.objectContaining({ reason }) as unknown }),
    );
  });
});

describe('redactUrl', () => {
  it.each([
    ['https://user:secret@example.com/a.xml', 'https://example.com/a.xml'],
    ['https://a@b:c@example.com/a.xml', 'https://example.com/a.xml'],
    ['https://example.com/a.xml?token=secret', 'https://example.com/a.xml?…'],
    ['https://example.com/a.xml#secret', 'https://example.com/a.xml'],
    ['https://example.com/a\u001b[31m.xml', 'https://example.com/a�[31m.xml'],
    ['https://example.com/~a@b', 'https://example.com/~a@b'],
  ])('%s', (text, shown) => {
    expect(redactUrl(text)).toBe(shown);
  });
});

describe('feedDomain', () => {
  it.each([
    ['http://example.com/a.xml', 'example.com'],
    ['https://Example.COM/a.xml', 'example.com'],
    ['https://user:pw@example.com/a.xml', 'example.com'],
    ['http://dl.example.org:8080/a.xml', 'dl.example.org:8080'],
    ['http://example.com:80/a.xml', 'example.com'],
    ['https://example.com:443/a.xml', 'example.com'],
    ['https://example.com:80/a.xml', 'example.com:80'],
    ['http://[::1]:8080/a.xml', '[::1]:8080'],
    ['http://bücher.example/a.xml', 'xn--bcher-kva.example'],
  ])('%s is of %s', (url, domain) => {
    expect(feedDomain(url)).toBe(domain);
  });

  it('knows how other programs write the same domain', () => {
    expect(domainSpellings('http://Example.com/a.xml')).toEqual(['example.com', 'example.com:80']);
    expect(domainSpellings('https://example.com:443/a.xml')).toEqual(['example.com', 'example.com:443']);
    expect(domainSpellings('https://example.com:8443/a.xml')).toEqual(['example.com:8443']);
    expect(domainSpellings('http://bücher.example:8080/a.xml')).toEqual([
      'xn--bcher-kva.example:8080',
      'bücher.example:8080',
    ]);
  });
});
