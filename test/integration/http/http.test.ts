import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync, mkdirSync, utimesSync } from 'node:fs';
import { extname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp, type Http, type HttpOptions } from '../../../electron/adapters/http/http.ts';
import { downloadKey } from '../../../electron/adapters/http/download.ts';
import { cutOff, file, redirect, silence, stall, startServer, status, type TestServer } from '../../helpers/server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const limits = { connectMs: 400, silenceMs: 300, tries: 1, triesOfSmall: 1 };
const kilobytes = (count: number): Uint8Array =>
  Uint8Array.from({ length: count * 1024 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);

let server: TestServer;
let directory: string;
let http: Http;

const create = (options: Partial<HttpOptions> = {}): Http =>
  createHttp({ userAgent: 'Zerodesk/test', downloadDir: join(directory, 'downloads'), env: {}, limits, ...options });
const kept = (): readonly string[] => {
  try {
    return readdirSync(join(directory, 'downloads'));
  } catch {
    return [];
  }
};
const failure = (code: string, params: Record<string, unknown> = {}): unknown =>
  expect.objectContaining({ code, params: expect.objectContaining(params) as unknown });

beforeEach(async () => {
  directory = tempDir();
  server = await startServer();
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

describe('download', () => {
  const content = kilobytes(300);
  /** Fails after 100,000 bytes were received, with a validator or without. */
  async function downloadHalf(answer: { readonly etag?: string } = { etag: '"v1"' }): Promise<void> {
    let arrive: () => void;
    const when = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    server.on('/a.tgz', cutOff(content, 100_000, { ...answer, when }));
    const done = download('/a.tgz', {
      onProgress: ({ receivedBytes }) => {
        if (receivedBytes === 100_000) arrive();
      },
    });
    await expect(done).rejects.toThrow(
      failure('download-cut-off', { receivedBytes: 100_000, expectedBytes: content.length }),
    );
  }

  const download = (path = '/a.tgz', options: Partial<Parameters<Http['download']>[1]> = {}) =>
    http.download(server.origin + path, { sizeBytes: content.length, ...options });

  it('puts exactly the bytes into a private file, which its owner discards', async () => {
    server.on('/a.tgz', file(content));
    const result = await download();
    expect(readFileSync(result.path).equals(content)).toBe(true);
    expect(result.networkBytes).toBe(content.length);
    expect(statSync(result.path).mode & 0o777).toBe(0o600);
    expect(statSync(join(directory, 'downloads')).mode & 0o777).toBe(0o700);
    await result.discard();
    expect(kept()).toEqual([]);
  });

  it.each([
    ['announced as larger', file(kilobytes(301)), 301 * 1024],
    ['announced as smaller', file(kilobytes(299)), 299 * 1024],
    ['complete but shorter', file(kilobytes(299), { isChunked: true }), 299 * 1024],
  ])('refuses a file %s', async (_name, behaviour, actualBytes) => {
    server.on('/a.tgz', behaviour);
    await expect(download()).rejects.toThrow(failure('wrong-size', { expectedBytes: content.length, actualBytes }));
    expect(kept()).toEqual([]);
  });

  it('stops at the first byte too many', async () => {
    server.on('/a.tgz', file(kilobytes(5000), { isChunked: true }));
    let received = 0;
    const done = download('/a.tgz', { onProgress: (state) => (received = state.receivedBytes) });
    await expect(done).rejects.toThrow(failure('wrong-size'));
    expect(received).toBeLessThanOrEqual(content.length);
    expect(kept()).toEqual([]);
  });

  it('continues where it was cut off', async () => {
    await downloadHalf();
    server.on('/a.tgz', file(content, { etag: '"v1"', ranges: true }));
    expect(kept()).toEqual([
      `${downloadKey(`${server.origin}/a.tgz`, content.length)}.json`,
      `${downloadKey(`${server.origin}/a.tgz`, content.length)}.part`,
    ]);
    const result = await download();
    expect(readFileSync(result.path).equals(content)).toBe(true);
    expect(server.requests[1]?.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': '"v1"' });
    expect(result.networkBytes).toBe(content.length - 100_000);
    await result.discard();
    expect(kept()).toEqual([]);
  });

  it.each([
    ['the file has changed', file(content, { etag: '"v2"', ranges: true })],
    ['ranges are not known', file(content)],
    ['the range is refused', status(416)],
    [
      'another range comes',
      (_request: unknown, response: Parameters<ReturnType<typeof file>>[1]) => {
        response.writeHead(206, { 'content-range': `bytes 0-9/${content.length}`, 'content-length': '10' });
        response.end(content.subarray(0, 10));
      },
    ],
  ])('starts again when %s', async (_name, answer) => {
    await downloadHalf();
    server.on('/a.tgz', answer, file(content));
    const result = await download();
    expect(readFileSync(result.path).equals(content)).toBe(true);
    expect(result.networkBytes).toBe(content.length);
  });

  it('keeps nothing that it could not continue', async () => {
    await downloadHalf({});
    expect(kept()).toEqual([]);
  });

  it('leaves only the resumable part when it is cancelled', async () => {
    const stalled = stall(content, 100_000, { etag: '"v1"' });
    server.on('/a.tgz', stalled, file(content, { etag: '"v1"', ranges: true }));
    const controller = new AbortController();
    const done = download('/a.tgz', {
      signal: controller.signal,
      onProgress: ({ receivedBytes }) => {
        if (receivedBytes === 100_000) controller.abort();
      },
    });
    await expect(done).rejects.toThrow(failure('cancelled'));
    expect(kept()).toHaveLength(2);
    const result = await download();
    expect(result.networkBytes).toBe(content.length - 100_000);
    expect(readFileSync(result.path).equals(content)).toBe(true);
  });

  it('takes over what a process left behind that was killed', async () => {
    server.on('/a.tgz', file(content, { etag: '"v1"', ranges: true }));
    const downloads = join(directory, 'downloads');
    const key = downloadKey(`${server.origin}/a.tgz`, content.length);
    mkdirSync(downloads);
    writeFileSync(join(downloads, `${key}.4194305-1.part`), content.subarray(0, 50_000));
    writeFileSync(join(downloads, `${key}.4194305-1.json`), JSON.stringify({ etag: '"v1"', lastModified: null }));
    const result = await download();
    expect(result.networkBytes).toBe(content.length - 50_000);
    expect(readFileSync(result.path).equals(content)).toBe(true);
    await result.discard();
    expect(kept()).toEqual([]);
  });

  it('leaves the file of another living process alone', async () => {
    server.on('/a.tgz', file(content, { etag: '"v1"', ranges: true }));
    const downloads = join(directory, 'downloads');
    const key = downloadKey(`${server.origin}/a.tgz`, content.length);
    mkdirSync(downloads);
    writeFileSync(join(downloads, `${key}.${process.ppid}-1.part`), content.subarray(0, 50_000));
    const result = await download();
    expect(result.networkBytes).toBe(content.length);
    await result.discard();
    expect(kept()).toEqual([`${key}.${process.ppid}-1.part`]);
  });

  it('throws away partial files after a week', async () => {
    const downloads = join(directory, 'downloads');
    mkdirSync(downloads);
    const old = join(downloads, `${'0'.repeat(64)}.part`);
    writeFileSync(old, 'x');
    utimesSync(old, new Date(0), new Date(0));
    writeFileSync(join(downloads, `${'1'.repeat(64)}.part`), 'x');
    server.on('/a.tgz', file(content));
    await (await download()).discard();
    expect(kept()).toEqual([`${'1'.repeat(64)}.part`]);
  });

  it('fetches once what two want at once; the file stays until both are done', async () => {
    server.on('/a.tgz', file(content));
    const seen: number[] = [];
    const [first, second] = await Promise.all([
      download(),
      download('/a.tgz', { onProgress: ({ receivedBytes }) => seen.push(receivedBytes) }),
    ]);
    expect(server.paths()).toEqual(['/a.tgz']);
    expect(second.path).toBe(first.path);
    expect(seen.at(-1)).toBe(content.length);
    await first.discard();
    expect(readFileSync(second.path).equals(content)).toBe(true);
    await second.discard();
    expect(kept()).toEqual([]);
  });

  it('goes on for one when the other gives up', async () => {
    const gate = stall(content, 1000);
    server.on('/a.tgz', gate, file(content));
    const controller = new AbortController();
    const both = [download('/a.tgz', { signal: controller.signal }), download()] as const;
    await gate.reached;
    controller.abort();
    expect(await Promise.allSettled(both)).toMatchObject([
      { reason: failure('cancelled') },
      { reason: failure('download-timeout') },
    ]);
  });

  it('asks for nothing that there is no room for, other downloads included', async () => {
    const gate = stall(content, 10_000, { etag: '"v1"' });
    server.on('/a.tgz', gate);
    server.on('/b.tgz', file(content));
    const free = content.length + 100_000;
    http = create({
      limits: { ...limits, silenceMs: 60_000 },
      freeBytes: () => Promise.resolve(free),
    });
    const controller = new AbortController();
    const first = download('/a.tgz', { signal: controller.signal });
    await gate.reached;
    await expect(download('/b.tgz')).rejects.toThrow(failure('disk-space', { neededBytes: content.length }));
    controller.abort();
    await expect(first).rejects.toThrow(failure('cancelled'));
    expect(server.paths()).toEqual(['/a.tgz']);
    await (await download('/b.tgz')).discard();
  });

  it('says that the disk is full, and continues once there is room', async ({ skip }) => {
    const disk = join(directory, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'none', disk]).status !== 0) {
      console.warn('SKIPPED: a full disk cannot be made here (mount needs root)');
      skip();
    }
    try {
      server.on('/a.tgz', file(content, { etag: '"v1"', ranges: true }));
      // As if somebody else took the room meanwhile.
      http = create({ downloadDir: join(disk, 'downloads'), freeBytes: () => Promise.resolve(null) });
      await expect(download()).rejects.toThrow(failure('disk-full'));
      expect(readdirSync(join(disk, 'downloads')).map(extname).sort()).toEqual(['.json', '.part']);
      spawnSync('mount', ['-o', 'remount,size=4m', disk]);
      const result = await download();
      expect(result.networkBytes).toBeLessThan(content.length);
      expect(readFileSync(result.path).equals(content)).toBe(true);
      await result.discard();
      expect(readdirSync(join(disk, 'downloads'))).toEqual([]);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('keeps a whole file that is to be kept, and needs no network for it afterwards', async () => {
    server.on('/a.tgz', file(content, { etag: '"v1"' }));
    const [one, other] = await Promise.all([download(), download()]);
    await Promise.all([one.keep(), other.discard()]);
    const again = await download();
    expect(again.networkBytes).toBe(0);
    expect(readFileSync(again.path).equals(content)).toBe(true);
    expect(server.paths()).toEqual(['/a.tgz']);
    await again.discard();
    expect((await download()).networkBytes).toBe(content.length);
  });

  it('says when the place for it is no directory', async () => {
    server.on('/a.tgz', file(content));
    writeFileSync(join(directory, 'plain'), '');
    http = create({ downloadDir: join(directory, 'plain', 'sub') });
    await expect(download()).rejects.toThrow(failure('file-failed', { reason: 'ENOTDIR' }));
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
