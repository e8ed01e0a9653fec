import type { LookupFunction } from 'node:net';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../../../electron/adapters/http/limits.ts';
import type { Login } from '../../../../../electron/adapters/http/netrc.ts';
import { createPrivateHosts } from '../../../../../electron/adapters/http/private-hosts.ts';
import { createTransferQueue } from '../../../../../electron/adapters/http/queue.ts';
import { createRateLimit } from '../../../../../electron/adapters/http/rate-limit.ts';
import type { SourceRequest, SourceResponse } from '../../../../../electron/adapters/http/source.ts';
import { openTransfer } from '../../../../../electron/adapters/http/transfer.ts';

/** Answers by URL: a status and headers. */
type Site = Readonly<Record<string, readonly [number, Readonly<Record<string, string>>?]>>;

/** Names of the internet and of a home network. */
const lookup: LookupFunction = (hostname, _options, callback) => {
  callback(null, [{ address: hostname.startsWith('home') ? '192.168.1.4' : '203.0.114.7', family: 4 }]);
};

function scripted(site: Site, logins: Readonly<Record<string, Login>> = {}) {
  const asked: SourceRequest[] = [];
  let closed = 0;
  const source = (request: SourceRequest): Promise<SourceResponse> => {
    asked.push(request);
    const [status, headers = {}] = site[request.url.href] ?? [404];
    const body = (async function* () {
      yield await Promise.resolve(new Uint8Array(1));
    })();
    return Promise.resolve({
      status,
      headers: new Map(Object.entries(headers)),
      body,
      close: () => void (closed += 1),
    });
  };
  const queue = createTransferQueue(defaultLimits);
  const open = (url: string) =>
    openTransfer(
      {
        limits: defaultLimits,
        queue,
        rateLimit: createRateLimit(),
        hosts: createPrivateHosts(lookup),
        sourceFor: () => source,
        usesProxy: () => Promise.resolve(false),
        loginFor: (host) => Promise.resolve(logins[host] ?? null),
        userAgent: 'Zerodesk/test',
      },
      {
        url,
        headers: {},
        place: { priority: () => 0, rank: () => 0 },
        signal: new AbortController().signal,
        onStart: () => {},
      },
    );
  return { open, asked, closed: () => closed };
}

const failure = (reason: string): unknown =>
  expect.objectContaining({ code: 'bad-redirect', params: expect.objectContaining({ reason }) as unknown });

describe('openTransfer', () => {
  it('follows from http to https and resolves relative addresses', async () => {
    const site = scripted({
      'http://a.example/x/y': [302, { location: 'https://b.example/p/' }],
      'https://b.example/p/': [307, { location: '../q?r' }],
      'https://b.example/q?r': [200],
    });
    const transfer = await site.open('http://a.example/x/y');
    expect(transfer.url.href).toBe('https://b.example/q?r');
    transfer.close();
    expect(site.closed()).toBe(3);
  });

  it('refuses to go from https to http', async () => {
    const site = scripted({ 'https://a.example/': [301, { location: 'http://a.example/b' }] });
    await expect(site.open('https://a.example/')).rejects.toThrow(failure('it leads from https to http'));
    expect(site.asked).toHaveLength(1);
  });

  it('refuses an address that leads to itself, written another way too', async () => {
    const site = scripted({ 'http://a.example/b': [301, { location: 'HTTP://me:pw@a.example:80/b#c' }] });
    await expect(site.open('http://a.example/b')).rejects.toThrow(failure('it leads to itself'));
  });

  it('gives up after ten redirects', async () => {
    const ring = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `http://a.example/${index}`,
        [302, { location: `/${index + 1}` }] as const,
      ]),
    );
    const ten = scripted({ ...ring, 'http://a.example/10': [200] });
    expect((await ten.open('http://a.example/0')).status).toBe(200);
    const more = scripted(ring);
    await expect(more.open('http://a.example/0')).rejects.toThrow(failure('there are too many redirects'));
    expect(more.asked).toHaveLength(11);
  });

  it('tells user name and password to their own server only', async () => {
    const site = scripted({
      'http://me:p%40w@a.example/': [302, { location: 'http://a.example/2' }],
      'http://a.example/2': [302, { location: 'http://other:pw@b.example/3' }],
      'http://b.example/3': [302, { location: 'http://a.example/4' }],
      'http://a.example/4': [200],
    });
    await site.open('http://me:p%40w@a.example/');
    const own = `Basic ${Buffer.from('me:p@w').toString('base64')}`;
    expect(site.asked.map(({ headers }) => headers['authorization'])).toEqual([own, own, undefined, own]);
  });
});
