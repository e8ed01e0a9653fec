import { rmSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JobSnapshot } from '../../shared/model/index.ts';
import { createDeskWorld, runRequest, type DeskWorld } from '../helpers/desk-world.ts';
import { programFeed, startFeedSite } from '../helpers/feed-site.ts';
import { makeTarGz } from '../helpers/make-tar.ts';
import { file, stall, status } from '../helpers/server.ts';
import { openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const archive = makeTarGz({ name: 'hello', data: '#!/bin/sh\nsleep 60\n', mode: 0o755 });

/** A program that has run once, and whose feed was last looked at long ago. */
async function setUp() {
  const site = await startFeedSite();
  const world = await createDeskWorld();
  await world.trust(site.key.fingerprint, site.url(''));
  const { stores } = openTestStore(tempDir());
  const request = { file: writeFile(tempDir(), 'a.tar.gz', archive), mimeType: 'application/x-compressed-tar' };
  const { digest } = await stores.digestArchive({ ...request, extract: null, algorithm: 'sha256new' });
  const uri = site.url('hello.xml');
  const feed = (name: string): string =>
    programFeed({
      uri,
      name,
      digest: `sha256new="${digest.slice('sha256new_'.length)}"`,
      href: site.url('hello.tar.gz'),
      sizeBytes: archive.length,
      main: 'hello',
    });
  site.server.on('/hello.tar.gz', file(archive));
  await site.publish('hello.xml', feed('Hello'));
  await world.finish(world.desk.run.download(runRequest(uri)));
  await world.desk.preferences.setLastChecked(uri, 1_000_000_000);
  rmSync(path.join(world.base, 'cache/injector/last-check-attempt'), { recursive: true });
  return { site, world, uri, feed };
}

/** Starts the program, looks for the job that follows, and ends the program. */
async function runAndRefresh(world: DeskWorld, uri: string): Promise<JobSnapshot | null> {
  const refresh = new Promise<JobSnapshot>((resolve) => {
    world.desk.jobs.onChanged((job) => {
      if (job.kind === 'feed-refresh') resolve(job);
    });
  });
  const id = world.desk.run.run(runRequest(uri));
  const ended = world.desk.jobs.ended(id).then(() => null);
  await world.until(id, ({ program }) => program !== null);
  const found = await Promise.race([
    refresh,
    ended.then(() => new Promise<null>((resolve) => setImmediate(resolve, null))),
  ]);
  world.desk.jobs.cancel(id);
  return found;
}

describe('a program whose feed is out of date', () => {
  it('is started at once, and the feed is fetched after that', async () => {
    const { site, world, uri, feed } = await setUp();
    await site.publish('hello.xml', feed('Hello again'));
    const before = site.server.paths().length;
    const job = await runAndRefresh(world, uri);
    expect(job).toMatchObject({ kind: 'feed-refresh', phase: 'refreshing', title: 'Hello', interface: null });
    const done = await world.finish(job!.id);
    expect(done).toMatchObject({ state: 'done', error: null, question: null });
    expect(done.downloads).toMatchObject([{ kind: 'feed', detail: uri, progress: { phase: 'done' } }]);
    expect(site.server.paths().slice(before)).toEqual(['/hello.xml']);
    expect(await world.desk.feeds.isStale(uri)).toBe(false);
    expect(new TextDecoder().decode(await world.desk.feedCache.read(uri))).toContain('Hello again');
  });

  it('runs all the same when the feed cannot be had, which is tried again only after an hour', async () => {
    const { site, world, uri } = await setUp();
    site.server.on('/hello.xml', status(404));
    const job = await runAndRefresh(world, uri);
    const done = await world.finish(job!.id);
    expect(done).toMatchObject({ state: 'done', error: null, downloads: [{ progress: { phase: 'failed' } }] });
    expect(await world.desk.feeds.isStale(uri)).toBe(false);
    expect(await runAndRefresh(world, uri)).toBeNull();
  });

  it('is not looked after when off-line', async () => {
    const { world, uri } = await setUp();
    await world.desk.config.write({ networkUse: 'off-line' });
    expect(await runAndRefresh(world, uri)).toBeNull();
  });

  it('does not keep the program from being closed', async () => {
    const { site, world, uri } = await setUp();
    const stalled = stall('<?xml ', 3);
    site.server.on('/hello.xml', stalled);
    const job = await runAndRefresh(world, uri);
    await stalled.reached;
    await world.desk.jobs.close();
    expect(world.desk.jobs.get(job!.id)).toMatchObject({ state: 'failed', error: { code: 'interrupted' } });
  });
});
