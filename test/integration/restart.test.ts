import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../electron/desk.ts';
import type { JobSnapshot } from '../../shared/model/index.ts';
import { createDeskWorld, openDeskWorld, runRequest } from '../helpers/desk-world.ts';
import { programFeed, startFeedSite } from '../helpers/feed-site.ts';
import { sampleSiteDir } from '../helpers/sample-site.ts';
import { file, stall } from '../helpers/server.ts';

const archive = readFileSync(path.join(sampleSiteDir, 'archives/palette-1.0.zip'));
const archivePath = '/archives/palette-1.0.zip';
const arrived = 700;

/** A world in which a download has come that far, and a server that would send the rest the next time. */
async function startDownload() {
  const site = await startFeedSite();
  const world = await createDeskWorld();
  await world.trust(site.key.fingerprint, site.url(''));
  const xml = programFeed({
    uri: site.url('palette.xml'),
    name: 'Palette',
    digest: 'sha256new="T7GNKLBFPHNQAGRXRDDRI3U5X2GV5KLIFI3LZELCFIWGITDEK3EA"',
    href: `${site.origin}${archivePath}`,
    sizeBytes: archive.length,
    extract: 'palette-1.0',
    main: 'bin/paint',
  });
  const uri = await site.publish('palette.xml', xml);
  const answer = { etag: '"one"', ranges: true };
  site.server.on(archivePath, stall(archive, arrived, answer), file(archive, answer));
  const id = world.desk.run.download(runRequest(uri));
  await world.until(id, ({ progress }) => progress?.receivedBytes === arrived);
  return { site, world, uri, id };
}

/** Jobs of earlier sessions, once they were read. */
async function restoredJobs(desk: Desk): Promise<readonly JobSnapshot[]> {
  await expect.poll(() => desk.jobs.list().length).toBeGreaterThan(0);
  return desk.jobs.list();
}

describe('a download over a restart', () => {
  it('is listed with what is kept of it, and goes on from there', async () => {
    const { site, world, uri } = await startDownload();
    await world.desk.close();

    const next = openDeskWorld(world.env);
    const [job] = await restoredJobs(next.desk);
    expect(job).toMatchObject({
      kind: 'download',
      interface: uri,
      title: 'Palette',
      state: 'failed',
      error: { code: 'interrupted' },
      kept: { bytes: arrived, totalBytes: archive.length },
    });
    const again = await next.finish(next.desk.jobs.retry(job!.id));
    expect(again).toMatchObject({ state: 'done', bytes: archive.length - arrived });
    expect(site.server.requests.findLast(({ path: asked }) => asked === archivePath)?.headers.range).toBe(
      `bytes=${arrived}-`,
    );
    next.desk.jobs.dismiss(job!.id);
    await next.desk.close();

    const last = openDeskWorld(world.env);
    const done = await restoredJobs(last.desk);
    expect(done.map(({ state, bytes }) => ({ state, bytes }))).toEqual([
      { state: 'done', bytes: archive.length - arrived },
    ]);
  });

  it('is listed too when the program had no time to say anything', async () => {
    const { world } = await startDownload();
    const stateFile = path.join(world.base, 'state/zerodesk/downloads.json');
    await expect.poll(() => readFileSync(stateFile, 'utf8')).toContain('interrupted');
    // The other desk is still there: as far as its files are concerned it might as well have been killed.
    const next = openDeskWorld(world.env);
    expect(await restoredJobs(next.desk)).toMatchObject([{ state: 'failed', error: { code: 'interrupted' } }]);
  });
});
