import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync, mkdirSync, utimesSync } from 'node:fs';
import { extname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Http, type HttpOptions } from '../../../electron/adapters/http/http.ts';
import { downloadKey } from '../../../electron/adapters/http/download.ts';
import { cutOff, file, stall, status, type TestServer } from '../../helpers/server.ts';
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

const kept = (): readonly string[] => {
  try {
    return readdirSync(join(directory, 'downloads'));
  } catch {
    return [];
  }
};

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
