import { describe, expect, it } from 'vitest';
import {
  archiveMirrorUrl,
  feedMirrorUrl,
  implementationMirrorUrl,
  isNetworkFailure,
  keyMirrorUrl,
  searchMirrorUrl,
} from '../../../../../electron/core/trust/mirror.ts';
import { AppError } from '../../../../../shared/errors/app-error.ts';

const mirror = 'https://mirror.example/m';

describe('mirror addresses', () => {
  it.each([
    ['http://example.com/a/b.xml', '/feeds/http/example.com/a%23b.xml/latest.xml'],
    ['https://dl.example.org:8080/x.xml', '/feeds/https/dl.example.org:8080/x.xml/latest.xml'],
    ['http://example.com/a b+c~é.xml', '/feeds/http/example.com/a b+c~é.xml/latest.xml'],
    ['http://93.184.216.34/a.xml', '/feeds/http/93.184.216.34/a.xml/latest.xml'],
    ['http://[2606:2800:220:1::1]/a.xml', '/feeds/http/[2606:2800:220:1::1]/a.xml/latest.xml'],
  ])('feed %s', (feed, expected) => {
    expect(feedMirrorUrl(mirror, feed)).toBe(mirror + expected);
  });

  it.each([
    'ftp://example.com/a.xml',
    'http://localhost/a.xml',
    'http://localhost:8080/a.xml',
    'http://LOCALHOST/a.xml',
    'http://127.0.0.1/a.xml',
    'http://127.1/a.xml',
    'http://10.1.2.3/a.xml',
    'http://172.16.0.1/a.xml',
    'http://192.168.1.1/a.xml',
    'http://169.254.169.254/a.xml',
    'http://100.64.0.1/a.xml',
    'http://[::1]/a.xml',
    'http://[fe80::1]/a.xml',
    'http://[fd00::1]/a.xml',
    'http://[::ffff:7f00:1]/a.xml',
    'http://intranet/a.xml',
    'http://printer.local/a.xml',
    'http://a.test/a.xml',
    'https://samples.zerodesk.invalid/memo.xml',
    'http://x.internal./a.xml',
    'http://user@example.com/a.xml',
    'http://user:secret@example.com/a.xml',
    'http://example.com/a.xml#part',
    'http://example.com/',
    'http://example.com/.hidden',
    'http://.example.com/a.xml',
    'http:///a.xml',
  ])('no mirror for %s', (feed) => {
    expect(feedMirrorUrl(mirror, feed)).toBeNull();
    expect(archiveMirrorUrl(mirror, feed)).toBeNull();
  });

  it('of keys, archives, implementations and searches', () => {
    expect(keyMirrorUrl(mirror, '6BA84F2A396BFF13')).toBe(`${mirror}/keys/6BA84F2A396BFF13.gpg`);
    expect(archiveMirrorUrl(mirror, 'http://dl.example.com/f/pkg.tar.gz')).toBe(
      `${mirror}/archive/http%3A%23%23dl.example.com%23f%23pkg.tar.gz`,
    );
    expect(implementationMirrorUrl(mirror, 'http://example.com/a.xml', 'sha1new=1a/2')).toBe(
      `${mirror}/feeds/http/example.com/a.xml/impl/sha1new=1a%232`.replace('#', '%23'),
    );
    expect(searchMirrorUrl(mirror, 'a b&c')).toBe(`${mirror}/search/?q=a%20b%26c`);
  });
});

describe('isNetworkFailure', () => {
  it('is what another source may cure', () => {
    expect(isNetworkFailure(new AppError('http-status', { url: 'x', status: 404 }))).toBe(true);
    expect(isNetworkFailure(new AppError('wrong-size', { url: 'x', expectedBytes: 1, actualBytes: 2 }))).toBe(true);
    expect(isNetworkFailure(new AppError('feed-unsigned', { feed: 'x' }))).toBe(false);
    expect(isNetworkFailure(new AppError('cancelled', {}))).toBe(false);
    expect(isNetworkFailure(new AppError('disk-full', { path: 'x' }))).toBe(false);
    expect(isNetworkFailure(new Error('bug'))).toBe(false);
  });
});
