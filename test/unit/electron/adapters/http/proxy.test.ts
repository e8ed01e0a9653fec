import { describe, expect, it } from 'vitest';
import { namesProxies, proxyFromEnvironment, proxyFromList } from '../../../../../electron/adapters/http/proxy.ts';

const proxyFor = (url: string, env: Record<string, string>): string | null => proxyFromEnvironment(new URL(url), env);

describe('proxyFromEnvironment', () => {
  it.each<[string, Record<string, string>, string | null]>([
    ['http://a.example/', {}, null],
    ['http://a.example/', { http_proxy: 'http://proxy:3128' }, 'http://proxy:3128'],
    ['https://a.example/', { http_proxy: 'http://proxy:3128' }, null],
    ['https://a.example/', { https_proxy: 'proxy:3128' }, 'http://proxy:3128'],
    ['https://a.example/', { HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
    ['http://a.example/', { HTTP_PROXY: 'http://proxy:3128' }, null],
    ['http://a.example/', { all_proxy: 'socks5://proxy:1080' }, 'socks5://proxy:1080'],
    ['http://a.example/', { http_proxy: '' }, null],
  ])('%s with %o: %s', (url, env, expected) => {
    expect(proxyFor(url, env)).toBe(expected);
  });

  it.each([
    ['http://a.example/', 'a.example', true],
    ['http://sub.a.example/', 'a.example', true],
    ['http://sub.a.example/', '.a.example', true],
    ['http://sub.a.example/', '*.a.example', true],
    ['http://nota.example/', 'a.example', false],
    ['http://a.example/', 'b.example, A.example', true],
    ['http://a.example/', '*', true],
    ['http://a.example:8080/', 'a.example:8080', true],
    ['http://a.example/', 'a.example:8080', false],
    ['http://a.example/', 'a.example:80', true],
    ['http://[::1]:8080/', '::1', true],
    ['http://127.0.0.1:8080/', '127.0.0.1', true],
    ['http://a.example/', '', false],
  ])('%s is excepted by "%s": %s', (url, list, isDirect) => {
    expect(proxyFor(url, { http_proxy: 'http://proxy', no_proxy: list }) === null).toBe(isDirect);
  });
});

describe('what the system says', () => {
  it.each([
    ['DIRECT', null],
    ['PROXY proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['HTTPS proxy.example.com:443; DIRECT', 'https://proxy.example.com:443'],
    ['SOCKS5 s.example.com:1080; PROXY p.example.com:8080', 'http://p.example.com:8080'],
    ['SOCKS s.example.com:1080', null],
    ['PROXY', null],
    ['', null],
  ])('%s: %s', (list, expected) => {
    expect(proxyFromList(list)).toBe(expected);
  });

  it('is not asked when the environment says something', () => {
    expect(namesProxies({ https_proxy: 'http://p:1' })).toBe(true);
    expect(namesProxies({ http_proxy: '', HTTP_PROXY: 'http://p:1' })).toBe(false);
  });
});
