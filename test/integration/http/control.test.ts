import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp, type Http, type HttpOptions } from '../../../electron/adapters/http/http.ts';
import { createRateLimit } from '../../../electron/adapters/http/rate-limit.ts';
import { createTransferSwitch } from '../../../electron/core/transfer-control.ts';
import { file, stall, startServer, type TestServer } from '../../helpers/server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const content = Uint8Array.from({ length: 400_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);

let server: TestServer;
let http: Http;
let directory: string;

const create = (options: Partial<HttpOptions> = {}): Http =>
  createHttp({ userAgent: 'Zerodesk/test', downloadDir: directory, env: {}, ...options });
const download = (path: string, options: Partial<Parameters<Http['download']>[1]> = {}) =>
  http.download(server.origin + path, { sizeBytes: content.length, ...options });
const answer = { etag: '"1"', ranges: true };
const ranges = (): readonly unknown[] => server.requests.map(({ headers }) => headers['range']);

beforeEach(async () => {
  directory = tempDir();
  server = await startServer();
});
afterEach(async () => {
  await http.close();
  await server.close();
});

/** Settles once a download has got so many bytes. */
function reaching(bytes: number) {
  let reach: () => void;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const onProgress = ({ receivedBytes }: { readonly receivedBytes: number }): void => {
    if (receivedBytes >= bytes) reach();
  };
  return { reached, onProgress };
}

describe('a paused download', () => {
  it('lets go of its connection, and continues where it was', async () => {
    http = create();
    server.on('/a', stall(content, 100_000, answer), file(content, answer));
    const control = createTransferSwitch(0);
    const { reached, onProgress } = reaching(100_000);
    const phases: string[] = [];
    const done = download('/a', {
      control,
      onProgress(state) {
        onProgress(state);
        if (phases.at(-1) !== state.phase) phases.push(state.phase);
      },
    });
    await reached;
    control.change({ isPaused: true });
    // The only place of the site is free for others.
    server.on('/b', file(content));
    await (await download('/b')).discard();
    expect(server.paths()).toEqual(['/a', '/b']);
    control.change({ isPaused: false });
    const result = await done;
    expect(readFileSync(result.path).equals(content)).toBe(true);
    expect(result.networkBytes).toBe(content.length);
    expect(ranges()).toEqual([undefined, undefined, 'bytes=100000-']);
    expect(phases).toEqual(['waiting', 'connecting', 'receiving', 'waiting', 'connecting', 'receiving']);
    await result.discard();
  });

  it('does not begin, and can be cancelled', async () => {
    http = create();
    server.on('/a', file(content));
    const control = createTransferSwitch(0);
    control.change({ isPaused: true });
    const controller = new AbortController();
    const first = download('/a', { control, signal: controller.signal });
    controller.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(server.paths()).toEqual([]);
    const second = download('/a', { control });
    control.change({ isPaused: false });
    await (await second).discard();
  });

  it('goes on while somebody else wants it', async () => {
    http = create();
    server.on('/a', stall(content, 100_000, answer), file(content, answer));
    const controls = [createTransferSwitch(0), createTransferSwitch(1)];
    const { reached, onProgress } = reaching(100_000);
    const both = controls.map((control) => download('/a', { control, onProgress }));
    await reached;
    controls[0]?.change({ isPaused: true });
    expect(server.paths()).toEqual(['/a']);
    controls[1]?.change({ isPaused: true });
    controls[1]?.change({ isPaused: false });
    for (const result of await Promise.all(both)) await result.discard();
    expect(ranges()).toEqual([undefined, 'bytes=100000-']);
  });

  it('goes on for the other when the one who did not pause it leaves', async () => {
    http = create();
    server.on('/a', stall(content, 100_000, answer), file(content, answer));
    const control = createTransferSwitch(0);
    const controller = new AbortController();
    const { reached, onProgress } = reaching(100_000);
    const left = download('/a', { signal: controller.signal, onProgress });
    const stays = download('/a', { control });
    await reached;
    control.change({ isPaused: true });
    controller.abort();
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    control.change({ isPaused: false });
    await (await stays).discard();
    expect(ranges()).toEqual([undefined, 'bytes=100000-']);
  });
});

describe('waiting downloads', () => {
  it('come in the order of their ranks, which may change meanwhile', async () => {
    http = create({ limits: { perSite: 1 } });
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    let ask: () => void = () => {};
    const asked = new Promise<void>((resolve) => (ask = resolve));
    server.on('/first', (request, response) => {
      ask();
      void gate.then(() => file(content)(request, response));
    });
    for (const name of ['/a', '/b', '/c']) server.on(name, file(content));
    const first = download('/first');
    await asked;
    const controls = { a: createTransferSwitch(1), b: createTransferSwitch(2), c: createTransferSwitch(3) };
    const others = Object.entries(controls).map(([name, control]) => download(`/${name}`, { control }));
    const background = download('/first?background', { isBackground: true, control: createTransferSwitch(0) });
    server.on('/first?background', file(content));
    // Each makes its file and looks for room before it waits for its turn, which cannot be seen from outside.
    while (readdirSync(directory).length < 5) await delay(1);
    await delay(100);
    controls.c.change({ rank: 0 });
    open();
    for (const result of await Promise.all([first, ...others, background])) await result.discard();
    expect(server.paths()).toEqual(['/first', '/c', '/a', '/b', '/first?background']);
  });
});

describe('the speed limit', () => {
  it('holds for all downloads together, and no server is called silent for it', async () => {
    const rateLimit = createRateLimit();
    rateLimit.set(1_000_000);
    http = create({ rateLimit, limits: { silenceMs: 150, tries: 1 } });
    server.on('/a', file(content));
    server.on('/b', file(content));
    const start = performance.now();
    for (const result of await Promise.all([download('/a'), download('/b')])) await result.discard();
    // 800,000 bytes, a quarter of a second ahead.
    expect(performance.now() - start).toBeGreaterThan(540);
  });
});

describe('logins', () => {
  it('are read from where NETRC says', async () => {
    const netrc = join(tempDir(), 'netrc');
    writeFileSync(netrc, 'machine 127.0.0.1 login ann password s3cret');
    http = create({ env: { NETRC: netrc } });
    server.on('/a', file('x'));
    await http.get(`${server.origin}/a`, { limitBytes: 10 });
    expect(server.requests[0]?.headers['authorization']).toBe(`Basic ${btoa('ann:s3cret')}`);
  });
});
