import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JobSnapshot } from '../../shared/model/index.ts';
import { createDeskWorld, runRequest, type DeskWorld } from '../helpers/desk-world.ts';
import { programFeed, startFeedSite, type FeedSite } from '../helpers/feed-site.ts';
import { makeTarGz } from '../helpers/make-tar.ts';
import { sampleSiteDir } from '../helpers/sample-site.ts';
import { file, stall } from '../helpers/server.ts';

const archive = readFileSync(path.join(sampleSiteDir, 'archives/palette-1.0.zip'));
const digest = 'T7GNKLBFPHNQAGRXRDDRI3U5X2GV5KLIFI3LZELCFIWGITDEK3EA';
const archivePath = '/archives/palette-1.0.zip';
const oldEntry = `sha256new_${'A'.repeat(52)}`;

function paletteFeed(site: FeedSite, sizeBytes = archive.length): string {
  return programFeed({
    uri: site.url('palette.xml'),
    name: 'Palette',
    digest: `sha256new="${digest}"`,
    href: `${site.origin}${archivePath}`,
    sizeBytes,
    extract: 'palette-1.0',
    main: 'bin/paint',
  });
}

/** Cancels a job and waits for its end. */
async function cancel(world: DeskWorld, job: Pick<JobSnapshot, 'id'>): Promise<JobSnapshot> {
  world.desk.jobs.cancel(job.id);
  await world.desk.jobs.ended(job.id);
  return world.desk.jobs.get(job.id);
}

function isInPhase(phase: string): (job: JobSnapshot) => boolean {
  return ({ downloads }) => downloads.some((row) => row.kind === 'implementation' && row.progress.phase === phase);
}

describe('cancelling a job', () => {
  it('while a feed comes: nothing is cached, and it works the next time', async () => {
    const site = await startFeedSite();
    const world = await createDeskWorld();
    await world.trust(site.key.fingerprint, site.url(''));
    const storeBefore = world.storeTree();
    const feed = await site.sign(paletteFeed(site));
    const stalled = stall(feed, 100);
    site.server.on('/palette.xml', stalled, file(feed));
    site.server.on(archivePath, file(archive));

    const id = world.desk.run.download(runRequest(site.url('palette.xml')));
    await stalled.reached;
    expect(await cancel(world, { id })).toMatchObject({ state: 'cancelled', phase: 'finished', error: null });
    expect(world.storeTree()).toEqual(storeBefore);
    expect(world.cacheTree().filter((name) => !name.startsWith('injector/'))).toEqual([]);

    const again = await world.finish(world.desk.run.download(runRequest(site.url('palette.xml'))));
    expect(again.state).toBe('done');
  });

  it('while it asks: nobody is trusted, nothing is cached', async () => {
    const site = await startFeedSite();
    const world = await createDeskWorld();
    const storeBefore = world.storeTree();
    const uri = await site.publish('palette.xml', paletteFeed(site));

    const asking = await world.until(world.desk.run.download(runRequest(uri)), ({ state }) => state === 'asking');
    expect(asking.question).toMatchObject({ feed: uri, keys: [{ fingerprint: site.key.fingerprint }] });
    expect(await cancel(world, asking)).toMatchObject({ state: 'cancelled', question: null, error: null });
    expect((await world.desk.trustDb.read()).db.size).toBe(0);
    expect(world.storeTree()).toEqual(storeBefore);
    expect(world.cacheTree().filter((name) => !name.startsWith('injector/'))).toEqual([]);
    expect(site.server.paths()).not.toContain(archivePath);
  });

  it('while an archive comes: the next attempt continues it', async () => {
    const site = await startFeedSite();
    const world = await createDeskWorld();
    await world.trust(site.key.fingerprint, site.url(''));
    const storeBefore = world.storeTree();
    const uri = await site.publish('palette.xml', paletteFeed(site));
    const arrived = 700;
    site.server.on(
      archivePath,
      stall(archive, arrived, { etag: '"one"' }),
      file(archive, { etag: '"one"', ranges: true }),
    );

    const id = world.desk.run.download(runRequest(uri));
    const downloading = await world.until(id, ({ downloads }) =>
      downloads.some(({ kind, progress }) => kind === 'implementation' && progress.receivedBytes === arrived),
    );
    const kept = { bytes: arrived, totalBytes: archive.length };
    expect(await cancel(world, downloading)).toMatchObject({ state: 'cancelled', error: null, kept });
    expect(world.storeTree()).toEqual(storeBefore);
    expect(world.partials().map((name) => path.extname(name))).toEqual(['.json', '.part']);

    const again = await world.finish(world.desk.run.download(runRequest(uri)));
    expect(again).toMatchObject({ state: 'done', bytes: archive.length - arrived });
    const last = site.server.requests.findLast((request) => request.path === archivePath);
    expect(last?.headers).toMatchObject({ range: `bytes=${arrived}-`, 'if-range': '"one"' });
    expect(readdirSync(world.store).sort()).toEqual([oldEntry, `sha256new_${digest}`]);
    expect(world.partials()).toEqual([]);
  });

  it('while an archive is unpacked: nothing of it stays', async () => {
    const site = await startFeedSite();
    const world = await createDeskWorld();
    await world.trust(site.key.fingerprint, site.url(''));
    const storeBefore = world.storeTree();
    const names = Array.from({ length: 20_000 }, (_, index) => `palette-1.0/${index}`);
    const large = makeTarGz(...names.map((name) => ({ name, data: name })));
    const xml = paletteFeed(site, large.length).replaceAll('.zip', '.tar.gz');
    const uri = await site.publish('palette.xml', xml);
    site.server.on('/archives/palette-1.0.tar.gz', file(large));

    const unpacking = await world.until(world.desk.run.download(runRequest(uri)), isInPhase('unpacking'));
    // A finished one would fail: its digest is another.
    expect(await cancel(world, unpacking)).toMatchObject({ state: 'cancelled', error: null, kept: null });
    expect(world.storeTree()).toEqual(storeBefore);
    expect(world.partials()).toEqual([]);
  });
});

describe('pausing a job', () => {
  it('keeps what has come, and goes on from there', async () => {
    const site = await startFeedSite();
    const world = await createDeskWorld();
    await world.trust(site.key.fingerprint, site.url(''));
    const uri = await site.publish('palette.xml', paletteFeed(site));
    const answer = { etag: '"one"', ranges: true };
    site.server.on(archivePath, stall(archive, 700, answer), file(archive, answer));

    const id = world.desk.run.download(runRequest(uri));
    await world.until(id, ({ progress }) => progress?.receivedBytes === 700);
    world.desk.jobs.pause(id);
    const paused = await world.until(id, ({ progress }) => progress?.phase === 'waiting');
    expect(paused).toMatchObject({ state: 'running', isPaused: true, progress: { receivedBytes: 700 } });
    world.desk.jobs.resume(id);
    expect(await world.finish(id)).toMatchObject({ state: 'done', isPaused: false, bytes: archive.length });
    const last = site.server.requests.findLast((request) => request.path === archivePath);
    expect(last?.headers).toMatchObject({ range: 'bytes=700-' });
  });

  it('does not keep it from being cancelled and begun again', async () => {
    const site = await startFeedSite();
    const world = await createDeskWorld();
    await world.trust(site.key.fingerprint, site.url(''));
    const uri = await site.publish('palette.xml', paletteFeed(site));
    const stalled = stall(archive, 700, { etag: '"one"' });
    site.server.on(archivePath, stalled, file(archive, { etag: '"one"', ranges: true }));
    const id = world.desk.run.download(runRequest(uri));
    await world.until(id, ({ progress }) => progress?.receivedBytes === 700);
    world.desk.jobs.pause(id);
    expect(await cancel(world, { id })).toMatchObject({ state: 'cancelled', isPaused: false });
    const again = await world.finish(world.desk.jobs.retry(id));
    expect(again).toMatchObject({ state: 'done', bytes: archive.length - 700 });
  });
});

describe('the speed limit', () => {
  it('is kept with the other settings and counts at once', async () => {
    const { desk } = await createDeskWorld();
    expect((await desk.settings.get()).maxBytesPerSecond).toBeNull();
    await desk.settings.set({ theme: 'dark' });
    expect(await desk.settings.set({ maxBytesPerSecond: 200_000 })).toMatchObject({
      theme: 'dark',
      maxBytesPerSecond: 200_000,
    });
    expect(await desk.settings.set({ maxBytesPerSecond: null })).toMatchObject({ maxBytesPerSecond: null });
  });
});
