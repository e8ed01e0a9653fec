import { execFileSync } from 'node:child_process';
import { createCipheriv } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadKey } from '../../electron/adapters/http/download.ts';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import type { FetchOptions } from '../../electron/services/fetch-attempt.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { archiveMethod, fetchItem, openFetchWorld, type FetchWorld } from '../helpers/fetch-world.ts';
import { makeTar, type TarEntry } from '../helpers/make-tar.ts';
import { makeZip } from '../helpers/make-zip.ts';
import { cutOff, file, stall, startServer, type Behaviour, type TestServer } from '../helpers/server.ts';
import { openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const worker = new URL('../helpers/store-worker.mjs', import.meta.url);

/** Bytes that cannot be compressed, the same each time. */
function noise(count: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(count));
}

const entries: readonly TarEntry[] = [
  { name: 'early', data: 'first' },
  { name: 'large', data: noise(3_000_000) },
  { name: 'late', data: 'last' },
];
const tar = makeTar(...entries);
const small = makeTar({ name: 'x', data: 'x' });

function compressed(name: string, data: Buffer): Buffer {
  if (name.endsWith('.tar')) return data;
  if (name.endsWith('.gz')) return gzipSync(data, { level: 1 });
  const program = name.endsWith('.xz') ? 'xz' : 'bzip2';
  return execFileSync(program, ['-1c'], { input: data, maxBuffer: 1e9 });
}

let server: TestServer;
let base: string;
let world: FetchWorld;

beforeEach(async () => {
  base = tempDir();
  server = await startServer();
  world = openFetchWorld(base, { stores: { worker }, http: { limits: { tries: 1 } } });
});

afterEach(async () => {
  await world.close();
  await server.close();
});

async function digestOf(name: string, archive: Buffer, extract: string | null = null): Promise<string> {
  const directory = tempDir();
  const { stores } = openTestStore(directory);
  const request = { file: writeFile(directory, name, archive), mimeType: guessMimeType(name) ?? '', extract };
  return (await stores.digestArchive({ ...request, algorithm: 'sha256new' })).digest;
}

function fetchArchive(name: string, sizeBytes: number, digest: string, options: Partial<FetchOptions> = {}) {
  const item = fetchItem(digest, archiveMethod(`${server.origin}/${name}`, sizeBytes));
  return world.fetcher.fetch([item], { signal: new AbortController().signal, isOffline: false, ...options });
}

const causedBy = (code: string): unknown =>
  expect.objectContaining({ cause: expect.objectContaining({ code }) as unknown });

/** Sends the beginning, waits, sends the rest. */
function inTwoParts(content: Buffer, after: number, gate: Promise<unknown>, etag = '"1"'): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': content.length, etag });
    response.write(content.subarray(0, after));
    void gate.then(() => response.end(content.subarray(after)));
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('an archive that arrives', () => {
  it.each(['a.tar', 'a.tar.gz', 'a.tar.xz', 'a.tar.bz2'])('%s is unpacked before it is whole', async (name) => {
    const archive = compressed(name, tar);
    const digest = await digestOf(name, archive);
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => (goOn = resolve));
    server.on(`/${name}`, inTwoParts(archive, archive.length - 400_000, gate));
    const phases: string[] = [];
    const done = fetchArchive(name, archive.length, digest, {
      onProgress: (_key, { phase }) => {
        if (phases.at(-1) !== phase) phases.push(phase);
      },
    });
    await until(() => world.unpacked().includes('large'));
    expect(world.unpacked()).not.toContain('late');
    expect(phases.at(-1)).toBe('receiving');
    goOn();
    expect(await done).toBe(archive.length);
    expect(world.stored()).toEqual([digest]);
    expect(world.kept()).toEqual([]);
    expect(phases.slice(0, 3)).toEqual(['waiting', 'connecting', 'receiving']);
    expect(phases.slice(-3)).toEqual(['verifying', 'storing', 'done']);
    expect(await world.stores.verify(`${world.stores.directories()[0]!.path}/${digest}`)).toMatchObject({ isOk: true });
  });

  it('is unpacked when it is whole if its format asks for that', async () => {
    const archive = makeZip([{ name: 'large', data: noise(500_000) }, { name: 'x' }]);
    const digest = await digestOf('a.zip', archive);
    server.on('/a.zip', file(archive));
    expect(await fetchArchive('a.zip', archive.length, digest)).toBe(archive.length);
    expect(world.stored()).toEqual([digest]);
  });

  it('leaves only a part that can be continued when it is cut off, and is unpacked anew then', async () => {
    const archive = compressed('a.tar.gz', tar);
    const digest = await digestOf('a.tar.gz', archive);
    const whenUnpacked = until(() => world.unpacked().includes('large'));
    const first = cutOff(archive, 2_000_000, { etag: '"1"', when: whenUnpacked });
    server.on('/a.tar.gz', first, file(archive, { etag: '"1"', ranges: true }));
    await expect(fetchArchive('a.tar.gz', archive.length, digest)).rejects.toEqual(causedBy('download-cut-off'));
    expect(world.stored()).toEqual([]);
    expect(world.kept().map((name) => path.extname(name))).toEqual(['.json', '.part']);
    const networkBytes = await fetchArchive('a.tar.gz', archive.length, digest);
    expect(networkBytes).toBeLessThan(archive.length);
    expect(world.stored()).toEqual([digest]);
    expect(world.kept()).toEqual([]);
  });

  it('goes on where it was cut off, and its unpacking too', async () => {
    await world.close();
    world = openFetchWorld(base, { stores: { worker }, http: { limits: { backOffMs: 1 } } });
    const archive = compressed('a.tar.gz', tar);
    const digest = await digestOf('a.tar.gz', archive);
    const whenUnpacked = until(() => world.unpacked().includes('large'));
    server.on(
      '/a.tar.gz',
      cutOff(archive, 2_000_000, { etag: '"1"', when: whenUnpacked }),
      // A server that repeats everything is compared with what is there.
      cutOff(archive, 2_500_000, { etag: '"1"' }),
      file(archive, { etag: '"1"', ranges: true }),
    );
    expect(await fetchArchive('a.tar.gz', archive.length, digest)).toBeGreaterThan(archive.length + 1_900_000);
    // What was under way when the connection broke may be lost.
    const ranges = server.requests.map(({ headers }) => headers['range']);
    expect(ranges).toEqual([undefined, 'bytes=2000000-', expect.stringMatching(/^bytes=2[0-9]{6}-$/)]);
    expect(world.stored()).toEqual([digest]);
    expect(world.kept()).toEqual([]);
  });

  it('is fetched once more from the beginning when another file comes in the middle', async () => {
    await world.close();
    world = openFetchWorld(base, { stores: { worker }, http: { limits: { backOffMs: 1 } } });
    const archive = compressed('a.tar.gz', tar);
    const digest = await digestOf('a.tar.gz', archive);
    const old = Buffer.from(archive);
    old.fill('x', 1_500_000, 1_500_010);
    const whenUnpacked = until(() => world.unpacked().includes('large'));
    server.on(
      '/a.tar.gz',
      cutOff(old, 2_000_000, { etag: '"old"', when: whenUnpacked }),
      file(archive, { etag: '"new"', ranges: true }),
    );
    await fetchArchive('a.tar.gz', archive.length, digest);
    expect(server.requests.map(({ headers }) => headers['range'])).toEqual([undefined, 'bytes=2000000-', undefined]);
    expect(world.stored()).toEqual([digest]);
    expect(world.kept()).toEqual([]);
  });

  it('begins anew when the server has another file by now', async () => {
    const archive = compressed('a.tar.gz', tar);
    const digest = await digestOf('a.tar.gz', archive);
    const old = Buffer.concat([Buffer.from('another file'), archive]).subarray(0, archive.length);
    server.on('/a.tar.gz', stall(old, 1_000_000, { etag: '"old"' }), file(archive, { etag: '"1"', ranges: true }));
    // Nothing can be unpacked from that one, so it would not be kept: the part is put there as a crash would leave it.
    const part = path.join(base, 'downloads', downloadKey(`${server.origin}/a.tar.gz`, archive.length));
    fs.mkdirSync(path.dirname(part), { recursive: true });
    fs.writeFileSync(`${part}.part`, old.subarray(0, 1_000_000));
    fs.writeFileSync(`${part}.json`, JSON.stringify({ etag: '"old"', lastModified: null }));
    server.on('/a.tar.gz', file(archive, { etag: '"1"', ranges: true }));
    expect(await fetchArchive('a.tar.gz', archive.length, digest)).toBe(archive.length);
    expect(world.stored()).toEqual([digest]);
  });

  it('is fetched once more from the beginning when the continued part was of something else', async () => {
    const archive = compressed('a.tar.gz', tar);
    const digest = await digestOf('a.tar.gz', archive);
    const part = path.join(base, 'downloads', downloadKey(`${server.origin}/a.tar.gz`, archive.length));
    fs.mkdirSync(path.dirname(part), { recursive: true });
    fs.writeFileSync(`${part}.part`, Buffer.alloc(1_000_000, 'x'));
    fs.writeFileSync(`${part}.json`, JSON.stringify({ etag: '"1"', lastModified: null }));
    server.on('/a.tar.gz', file(archive, { etag: '"1"', ranges: true }));
    await fetchArchive('a.tar.gz', archive.length, digest);
    expect(server.requests.map(({ headers }) => headers['range'])).toEqual(['bytes=1000000-', undefined]);
    expect(world.stored()).toEqual([digest]);
    expect(world.kept()).toEqual([]);
  });

  it.each([
    ['larger than announced', (archive: Buffer) => Buffer.concat([archive, Buffer.alloc(70_000)])],
    ['smaller than announced', (archive: Buffer) => archive.subarray(0, -1)],
  ])('is refused if it is %s, though all of it was unpacked', async (_what, change) => {
    // What comes after the end of a tar archive are zeros, so only the size is wrong.
    const archive = Buffer.concat([tar, Buffer.alloc(10_240)]);
    const digest = await digestOf('a.tar', archive);
    server.on('/a.tar', file(change(archive), { isChunked: true }));
    await expect(fetchArchive('a.tar', archive.length, digest)).rejects.toEqual(causedBy('wrong-size'));
    expect(world.stored()).toEqual([]);
    expect(world.kept()).toEqual([]);
  });

  it('is refused if its digest is another one', async () => {
    server.on('/a.tar', file(tar, { etag: '"1"' }));
    await expect(fetchArchive('a.tar', tar.length, noDigest)).rejects.toEqual(causedBy('wrong-digest'));
    expect([...world.stored(), ...world.kept()]).toEqual([]);
  });

  it.each([
    ['archive-unsafe', 'a.tar.gz', compressed('a.tar.gz', makeTar({ name: '../x' }, ...entries))],
    ['archive-unsafe', 'a.tar.xz', compressed('a.tar.xz', makeTar({ name: '../x' }, ...entries))],
    ['archive-damaged', 'a.tar.gz', Buffer.alloc(3_000_000, 'x')],
    ['archive-damaged', 'a.tar.xz', Buffer.alloc(3_000_000, 'x')],
  ])('is refused as %s (%s) while the rest never comes', async (code, name, archive) => {
    server.on(`/${name}`, stall(archive, 2_500_000, { etag: '"1"' }));
    await expect(fetchArchive(name, archive.length, noDigest)).rejects.toEqual(causedBy(code));
    expect(world.stored()).toEqual([]);
    // It would only fail again.
    expect(world.kept()).toEqual([]);
  });

  it('leaves only a part that can be continued when it is cancelled', async () => {
    const archive = compressed('a.tar.xz', tar);
    server.on('/a.tar.xz', stall(archive, archive.length - 100_000, { etag: '"1"' }));
    const controller = new AbortController();
    const done = fetchArchive('a.tar.xz', archive.length, noDigest, { signal: controller.signal });
    const cancelled = expect(done).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => world.unpacked().includes('large'));
    controller.abort();
    await cancelled;
    expect(world.stored()).toEqual([]);
    expect(world.kept().map((name) => path.extname(name))).toEqual(['.json', '.part']);
  });

  it('serves two implementations at once', async () => {
    const both = compressed('a.tar.gz', makeTar({ name: 'p/x', data: noise(700_000) }, { name: 'q/y', data: 'y' }));
    const digests = [await digestOf('a.tar.gz', both, 'p'), await digestOf('a.tar.gz', both, 'q')];
    server.on('/a.tar.gz', file(both, { etag: '"1"' }));
    const items = ['p', 'q'].map((extract, index) =>
      fetchItem(digests[index]!, archiveMethod(`${server.origin}/a.tar.gz`, both.length, { extract })),
    );
    await world.fetcher.fetch(items, { signal: new AbortController().signal, isOffline: false });
    expect([...world.stored()].sort()).toEqual([...digests].sort());
    expect(server.requests).toHaveLength(1);
    expect(world.kept()).toEqual([]);
  });

  it('takes no place from others while it waits', async () => {
    const archive = compressed('a.tar.gz', tar);
    server.on('/a.tar.gz', stall(archive, 1_000_000));
    const controller = new AbortController();
    const done = fetchArchive('a.tar.gz', archive.length, noDigest, { signal: controller.signal });
    const cancelled = expect(done).rejects.toMatchObject({ code: 'cancelled' });
    await until(() => world.unpacked().includes('large'));
    const { digest } = await world.stores.digestArchive({
      file: writeFile(base, 'small.tar', small),
      mimeType: 'application/x-tar',
      extract: null,
      algorithm: 'sha256new',
    });
    expect(digest).toBe(await digestOf('small.tar', small));
    controller.abort();
    await cancelled;
  });

  it('is not asked for if nobody could unpack it', async () => {
    for (const name of ['a.foo', 'a.rar']) {
      await expect(fetchArchive(name, 10, noDigest)).rejects.toEqual(causedBy('archive-unsupported'));
    }
    expect(server.requests).toEqual([]);
  });
});
