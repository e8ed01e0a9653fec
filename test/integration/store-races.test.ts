import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { makeTarGz } from '../helpers/make-tar.ts';
import { archiveStep, openTestStore, writeFile } from '../helpers/store-bench.ts';
import { cancelAdders, killAdders, mountSmall, raceAdders } from '../helpers/store-soak.ts';
import { fastTempDir, tempDir } from '../helpers/temp-dir.ts';
import { noDigest } from '../helpers/archive-cases.ts';

// The same with ten times the rounds is in test/soak/store.test.ts.

it('sixteen processes add the same implementation at once', async () => {
  await raceAdders(fastTempDir(), 5);
}, 180_000);

it('processes killed while adding leave no half tree', async () => {
  const counts = await killAdders(fastTempDir(), 30);
  process.stdout.write(`killed while adding: ${JSON.stringify(counts)}\n`);
  expect(counts.early).toBeGreaterThan(10);
  expect(counts.leftovers).toBeGreaterThan(5);
}, 300_000);

it('adding that is cancelled leaves nothing', async () => {
  expect(await cancelAdders(fastTempDir(), 20)).toBeGreaterThan(2);
});

it('adding in a worker that is cancelled leaves nothing', async () => {
  const worker = new URL('../helpers/store-worker.mjs', import.meta.url);
  expect(await cancelAdders(fastTempDir(), 20, worker)).toBeGreaterThan(2);
});

it('a read-only store is reported, and stays as it is', async ({ skip }) => {
  const base = tempDir();
  const unmount = mountSmall(path.join(base, 'cache'), 2 * 1024 * 1024);
  if (unmount === null) {
    process.stderr.write('SKIPPED: a file system cannot be mounted here, a read-only one is not tried\n');
    skip();
    return;
  }
  try {
    const { stores, path: store } = openTestStore(base);
    const file = writeFile(base, 'small.tar.gz', makeTarGz({ name: 'x', data: 'x' }));
    const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
    const { digest } = await stores.digestArchive(request);
    const { path: stored } = await stores.add({ digests: [digest], steps: [archiveStep(file)] });
    execFileSync('mount', ['-o', 'remount,ro', path.join(base, 'cache')]);

    const refused = { code: 'permission-denied', params: { path: store } };
    await expect(stores.add({ digests: [noDigest], steps: [archiveStep(file)] })).rejects.toMatchObject(refused);
    await expect(stores.copy(stored, store)).resolves.toEqual({ path: stored, store });
    await expect(stores.optimise(store, { isDryRun: false })).resolves.toMatchObject({ freedBytes: 0 });
    expect(await stores.removeLeftovers(Date.now())).toEqual([]);
    await expect(stores.remove((await stores.list())[0]!)).rejects.toMatchObject({ code: 'permission-denied' });
    // What is there can still be used.
    expect(await stores.add({ digests: [digest], steps: [] })).toEqual({ path: stored, store });
    expect(await stores.verify(stored)).toEqual({ isOk: true, digest });
  } finally {
    unmount();
  }
});

it('a full disk is reported, and the store is as before', async ({ skip }) => {
  const base = tempDir();
  const unmount = mountSmall(path.join(base, 'cache'), 2 * 1024 * 1024);
  if (unmount === null) {
    process.stderr.write('SKIPPED: a small file system cannot be mounted here, a full disk is not tried\n');
    skip();
    return;
  }
  try {
    const { stores, path: store } = openTestStore(base);
    const small = [archiveStep(writeFile(base, 'small.tar.gz', makeTarGz({ name: 'x', data: 'x' })))];
    const { digest } = await stores.digestArchive({
      file: path.join(base, 'small.tar.gz'),
      mimeType: 'application/x-compressed-tar',
      extract: null,
      algorithm: 'sha256new',
    });
    const { path: stored } = await stores.add({ digests: [digest], steps: small });
    const before = fs.readdirSync(store);
    const free = await stores.freeBytes();
    const many = Array.from({ length: 300 }, (_, index) => ({ name: `f${index}`, data: Buffer.alloc(10_000, index) }));
    for (const entries of [[{ name: 'big', data: Buffer.alloc(5_000_000, 'x') }], many]) {
      const file = writeFile(base, 'large.tar.gz', makeTarGz(...entries));
      const error: unknown = await stores
        .add({ digests: [noDigest], steps: [archiveStep(file)] })
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'disk-full', params: { path: store } });
      const copied = { type: 'file', file: path.join(base, 'large.tar.gz'), dest: 'x', executable: false } as const;
      if (fs.statSync(copied.file).size > 2e6) {
        await expect(stores.add({ digests: [noDigest], steps: [copied] })).rejects.toMatchObject({ code: 'disk-full' });
      }
      expect(fs.readdirSync(store)).toEqual(before);
      expect(await stores.freeBytes()).toBe(free);
    }
    expect((await stores.verify(stored)).isOk).toBe(true);
  } finally {
    unmount();
  }
});
