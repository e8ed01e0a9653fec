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

describe('a redirect into a private network', () => {
  const refused = failure('it leads into a private network');

  it.each([
    'http://127.0.0.1:631/',
    'http://10.1.2.3/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://localhost/',
    'http://printer/',
    'http://nas.local/',
    'http://0x7f000001/',
    'http://2130706433/',
  ])('is refused from the internet: %s', async (location) => {
    const site = scripted({ 'http://www.example.com/': [302, { location }] });
    await expect(site.open('http://www.example.com/')).rejects.toThrow(refused);
    expect(site.asked).toHaveLength(1);
  });

  it('is refused on a way round too', async () => {
    const site = scripted({
      'http://www.example.com/': [302, { location: 'http://other.example.com/' }],
      'http://other.example.com/': [302, { location: 'http://10.0.0.1/' }],
    });
    await expect(site.open('http://www.example.com/')).rejects.toThrow(refused);
  });

  it('is followed from there', async () => {
    const site = scripted({
      'http://192.168.1.4/': [302, { location: 'http://127.0.0.1/' }],
      'http://home.example.com/': [302, { location: 'http://127.0.0.1/' }],
      'http://127.0.0.1/': [200],
    });
    for (const url of ['http://192.168.1.4/', 'http://home.example.com/']) (await site.open(url)).close();
    expect(site.asked.map(({ isGuarded }) => isGuarded)).toEqual([false, false, false, false]);
  });

  it('is watched for when a name is looked up', async () => {
    const site = scripted({
      'http://www.example.com/': [302, { location: 'http://other.example.com/' }],
      'http://other.example.com/': [200],
    });
    (await site.open('http://www.example.com/')).close();
    expect(site.asked.map(({ isGuarded }) => isGuarded)).toEqual([false, true]);
    const look = (name: string): Promise<unknown> =>
      new Promise((resolve) => {
        createPrivateHosts(lookup).guardedLookup(name, { all: true }, (error, found) => {
          resolve(error?.code ?? found);
        });
      });
    expect(await look('home.example.com')).toBe('ERR_PRIVATE_ADDRESS');
    expect(await look('www.example.com')).toEqual([{ address: '203.0.114.7', family: 4 }]);
  });
});

describe('logins that a person keeps', () => {
  const login = { user: 'ann', password: 's3cret' };
  const authorization = `Basic ${Buffer.from('ann:s3cret').toString('base64')}`;

  it('go to their server and no other', async () => {
    const site = scripted(
      {
        'http://www.example.com/a': [302, { location: '/b' }],
        'http://www.example.com/b': [302, { location: 'http://other.example.com/c' }],
        'http://other.example.com/c': [302, { location: 'http://www.example.com:8080/d' }],
        'http://www.example.com:8080/d': [200],
      },
      { 'www.example.com': login, 'other.example.com': { user: 'bob', password: 'x' } },
    );
    (await site.open('http://www.example.com/a')).close();
    expect(site.asked.map(({ headers }) => headers['authorization'])).toEqual([
      authorization,
      authorization,
      undefined,
      undefined,
    ]);
  });

  it('give way to those of the address', async () => {
    const site = scripted({ 'http://x:y@www.example.com/': [200] }, { 'www.example.com': login });
    (await site.open('http://x:y@www.example.com/')).close();
    expect(site.asked[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('x:y').toString('base64')}`);
  });
});
