import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Http, type HttpOptions } from '../../../electron/adapters/http/http.ts';
import { cutOff, file, redirect, silence, stall, startServer, status, type TestServer } from '../../helpers/server.ts';
import { failure } from '../../helpers/failure.ts';
import { httpLimits as limits, kilobytes, openHttp } from '../../helpers/http-bench.ts';

let server: TestServer;
let directory: string;
let http: Http;
let create: (options?: Partial<HttpOptions>) => Http;

beforeEach(async () => {
  ({ server, directory, create } = await openHttp());
  http = create();
});

afterEach(async () => {
  await http.close();
  await server.close();
});

describe('get', () => {
  const get = (path: string, options: Partial<Parameters<Http['get']>[1]> = {}) =>
    http.get(server.origin + path, { limitBytes: 1024 * 1024, ...options });

  it('gives the body, and says who asks', async () => {
    server.on('/a.xml', file('<?xml ', { contentType: 'application/xml' }));
    const body = await get('/a.xml', { accept: 'application/xml' });
    expect(body).toEqual({
      url: `${server.origin}/a.xml`,
      bytes: new TextEncoder().encode('<?xml '),
      contentType: 'application/xml',
      validators: null,
      isSame: false,
    });
    expect(server.requests[0]?.headers).toMatchObject({
      'user-agent': 'Zerodesk/test',
      accept: 'application/xml',
      'accept-encoding': 'identity',
    });
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie');
    expect(server.requests[0]?.headers).not.toHaveProperty('referer');
  });

  it('tells progress by phases', async () => {
    server.on('/a', file(kilobytes(500)));
    const phases: string[] = [];
    let received = 0;
    await get('/a', {
      onProgress(state) {
        if (phases.at(-1) !== state.phase) phases.push(state.phase);
        received = state.receivedBytes;
        if (state.phase === 'receiving') expect(state.totalBytes).toBe(500 * 1024);
      },
    });
    expect(phases).toEqual(['waiting', 'connecting', 'receiving']);
    expect(received).toBe(500 * 1024);
  });

  it.each([301, 302, 303, 307, 308])('follows redirect %s, relative ones too', async (code) => {
    server.on('/a', redirect('sub/b', code));
    server.on('/sub/b', redirect(`${server.origin}/c`, code));
    server.on('/c', file('x'));
    expect((await get('/a')).url).toBe(`${server.origin}/c`);
  });

  it.each([404, 403, 500, 503, 204, 206, 203])('takes status %s for a failure', async (code) => {
    server.on('/a', status(code));
    await expect(get('/a')).rejects.toThrow(failure('http-status', { status: code, url: `${server.origin}/a` }));
  });

  it('refuses bad redirects', async () => {
    server.on('/loop', redirect('/loop'));
    server.on('/ring1', redirect('/ring2'));
    server.on('/ring2', redirect('/ring1'));
    server.on('/nowhere', status(302));
    server.on('/file', redirect('file:///etc/passwd'));
    server.on('/odd', redirect('javascript:alert(1)'));
    for (const path of ['/loop', '/ring1', '/nowhere', '/file', '/odd']) {
      await expect(get(path), path).rejects.toThrow(failure('bad-redirect'));
    }
    expect(server.paths().filter((path) => path === '/ring1').length).toBeLessThanOrEqual(6);
  });

  it('refuses too much, announced or not', async () => {
    server.on('/announced', file(kilobytes(20)));
    server.on('/chunked', file(kilobytes(20), { isChunked: true }));
    for (const path of ['/announced', '/chunked']) {
      await expect(get(path, { limitBytes: 10_000 })).rejects.toThrow(
        failure('download-too-large', { limitBytes: 10_000 }),
      );
    }
  });

  it('says that a transfer was cut off', async () => {
    server.on('/a', cutOff(kilobytes(20), 5000));
    await expect(get('/a')).rejects.toThrow(
      failure('download-cut-off', { expectedBytes: 20 * 1024, receivedBytes: 5000 }),
    );
  });

  it('names a host that does not exist', async () => {
    await expect(http.get('http://nosuch.invalid/a.xml', { limitBytes: 1 })).rejects.toThrow(
      failure('host-unknown', { host: 'nosuch.invalid' }),
    );
  });

  it('says that nobody listens', async () => {
    await server.close();
    await expect(get('/a')).rejects.toThrow(failure('network-unreachable', { reason: 'it refuses the connection' }));
  });

  it('waits for a silent server only so long', async () => {
    server.on('/silent', silence());
    server.on('/stalled', stall('hello', 2));
    await expect(get('/silent')).rejects.toThrow(failure('download-timeout', { host: server.host }));
    await expect(get('/stalled')).rejects.toThrow(failure('download-timeout'));
  });

  it('keeps to a time for the whole transfer', async () => {
    server.on('/silent', silence());
    http = create({ limits: { ...limits, silenceMs: 60_000 } });
    const before = performance.now();
    await expect(get('/silent', { timeoutMs: 100 })).rejects.toThrow(failure('download-timeout'));
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it.each(['waiting', 'connecting', 'receiving'])('stops at once while %s', async (when) => {
    server.on('/busy', silence());
    server.on('/stalled', stall('hello', 2));
    http = create({ limits: { ...limits, silenceMs: 60_000, perSite: when === 'waiting' ? 1 : 2 } });
    const controller = new AbortController();
    const blockers = when === 'waiting' ? [get('/busy', { signal: controller.signal })] : [];
    const done = get(when === 'receiving' ? '/stalled' : '/busy', {
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === when) setImmediate(() => controller.abort());
      },
    });
    const results = await Promise.allSettled([done, ...blockers]);
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: failure('cancelled') });
  });

  it('does not begin when it was stopped before', async () => {
    await expect(get('/a', { signal: AbortSignal.abort() })).rejects.toThrow(failure('cancelled'));
    expect(server.requests).toEqual([]);
  });

  it('keeps secrets of an address out of messages, and from other servers', async () => {
    const other = await startServer();
    other.on('/b', file('x'));
    server.on('/a?token=hush', redirect(`${other.origin}/b`));
    server.on('/gone?token=hush', status(404));
    const withUser = server.origin.replace('http://', 'http://me:hush@');
    await http.get(`${withUser}/a?token=hush`, { limitBytes: 10 });
    expect(server.requests[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('me:hush').toString('base64')}`);
    expect(other.requests[0]?.headers['authorization']).toBeUndefined();
    const error: unknown = await http
      .get(`${withUser}/gone?token=hush`, { limitBytes: 10 })
      .catch((reason: unknown) => reason);
    expect(JSON.stringify([String(error), error])).not.toContain('hush');
    await other.close();
  });

  it('goes through the proxy of the environment', async () => {
    const proxied = file('from the proxy');
    server.on('http://feeds.example/a.xml', proxied);
    http = create({ env: { http_proxy: server.origin } });
    const body = await http.get('http://feeds.example/a.xml', { limitBytes: 100 });
    expect(new TextDecoder().decode(body.bytes)).toBe('from the proxy');
    expect(server.requests[0]?.headers['host']).toBe('feeds.example');
  });

  it('asks two things at once of one site, and the rest in order', async () => {
    let running = 0;
    let most = 0;
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      server.on(`/${name}`, async (_request, response) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        response.end('x');
      });
    }
    await Promise.all(['/a', '/b', '/c', '/d', '/e', '/f'].map((path) => get(path)));
    expect(most).toBe(2);
  });
});

describe('hosts that are answered from a folder', () => {
  const local = 'https://samples.zerodesk.invalid';

  beforeEach(() => {
    mkdirSync(join(directory, 'site', 'sub'), { recursive: true });
    writeFileSync(join(directory, 'site', 'a.xml'), 'a feed');
    writeFileSync(join(directory, 'site', 'sub', 'b c.bin'), kilobytes(100));
    writeFileSync(join(directory, 'secret'), 'secret');
  });

  const createLocal = (env: Record<string, string> = {}): Http =>
    create({ env, localHosts: { 'samples.zerodesk.invalid': join(directory, 'site') } });

  it('gives bodies and archives with the same checks', async () => {
    http = createLocal();
    expect((await http.get(`${local}/a.xml`, { limitBytes: 10 })).bytes).toHaveLength(6);
    await expect(http.get(`${local}/a.xml`, { limitBytes: 5 })).rejects.toThrow(failure('download-too-large'));
    const result = await http.download(`${local}/sub/b%20c.bin`, { sizeBytes: 100 * 1024 });
    expect(readFileSync(result.path).equals(kilobytes(100))).toBe(true);
    await result.discard();
    await expect(http.download(`${local}/sub/b%20c.bin`, { sizeBytes: 5 })).rejects.toThrow(failure('wrong-size'));
    await expect(http.get(`${local}/none.xml`, { limitBytes: 5 })).rejects.toThrow(
      failure('http-status', { status: 404 }),
    );
    expect(server.requests).toEqual([]);
  });

  it.each([
    '/../secret',
    '/sub/%2e%2e/%2e%2e/secret',
    '/sub%2f..%2f..%2fsecret',
    '/..%5csecret',
    '/%00',
    '/%ff',
    '/sub',
    '/',
  ])('never leaves the folder: %s', async (path) => {
    http = createLocal();
    await expect(http.get(local + path, { limitBytes: 100 })).rejects.toThrow(failure('http-status', { status: 404 }));
  });

  it('can be slowed down, and stopped and continued meanwhile', async () => {
    http = createLocal({ ZERODESK_SAMPLE_RATE: '400000' });
    const controller = new AbortController();
    const sizes: number[] = [];
    const done = http.download(`${local}/sub/b%20c.bin`, {
      sizeBytes: 100 * 1024,
      signal: controller.signal,
      onProgress: ({ receivedBytes }) => {
        sizes.push(receivedBytes);
        if (receivedBytes > 0) controller.abort();
      },
    });
    await expect(done).rejects.toThrow(failure('cancelled'));
    expect(sizes.at(-1)).toBeLessThan(100 * 1024);
    const result = await http.download(`${local}/sub/b%20c.bin`, { sizeBytes: 100 * 1024 });
    expect(result.networkBytes).toBeLessThan(100 * 1024);
    expect(readFileSync(result.path).equals(kilobytes(100))).toBe(true);
  });
});
