import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { CacheItem, FeedUrl, ImplementationId, StoreItemId } from '../../shared/model/index.ts';
import { createDeskWorld, runRequest, runZerodesk, type DeskWorld } from '../helpers/desk-world.ts';
import { startFeedSite, type FeedSite } from '../helpers/feed-site.ts';
import { makeTarGz } from '../helpers/make-tar.ts';
import { file, status } from '../helpers/server.ts';
import { openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';

const unownedName = `sha256new_${'A'.repeat(52)}`;
const archives = {
  'tool-1.0': makeTarGz(
    { name: 'bin/tool', data: '#!/bin/sh\necho one\n', mode: 0o755 },
    { name: 'share/data', data: 'x'.repeat(5000) },
    { name: 'old', data: 'only in the first' },
  ),
  'tool-2.0': makeTarGz(
    { name: 'bin/tool', data: '#!/bin/sh\necho two!\n', mode: 0o755 },
    { name: 'share/data', data: 'x'.repeat(5000) },
    { name: 'bin/helper', data: '#!/bin/sh\n', mode: 0o755 },
  ),
} as const;
type Version = keyof typeof archives;

let site: FeedSite;
let world: DeskWorld;
let uri: string;
let names: Record<Version, string>;

/** The program in two versions, of which the first is preferred by its rating at will. */
function feed(): string {
  const implementation = (version: Version): string => `
    <implementation id="${version}" version="${version.slice(5)}" stability="stable" released="2026-01-01">
      <manifest-digest sha256new="${names[version].slice('sha256new_'.length)}"/>
      <archive href="${site.url(`${version}.tar.gz`)}" size="${archives[version].length}"/>
    </implementation>`;
  return `<?xml version="1.0" ?>
<interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="${site.url('tool.xml')}">
  <name>Tool</name><summary>a program for tests</summary>
  <group><command name="run" path="bin/tool"/>${implementation('tool-1.0')}${implementation('tool-2.0')}</group>
</interface>
`;
}

beforeEach(async () => {
  site = await startFeedSite();
  world = await createDeskWorld();
  await world.trust(site.key.fingerprint, site.url(''));
  const { stores } = openTestStore(tempDir());
  const entries = await Promise.all(
    Object.entries(archives).map(async ([version, bytes]) => {
      const archive = writeFile(tempDir(), 'a.tar.gz', bytes);
      const request = {
        file: archive,
        mimeType: 'application/x-compressed-tar',
        extract: null,
        algorithm: 'sha256new',
      };
      site.server.on(`/${version}.tar.gz`, file(bytes, { etag: '"1"', ranges: true }));
      return [version, (await stores.digestArchive(request)).digest] as const;
    }),
  );
  names = Object.fromEntries(entries) as Record<Version, string>;
  uri = await site.publish('tool.xml', feed());
});

/** Downloads both versions: afterwards the second is what the program in the library needs. */
async function storeBoth(): Promise<void> {
  expect(await world.finish(world.desk.run.download(runRequest(uri)))).toMatchObject({ state: 'done' });
  const { env } = world;
  expect(await runZerodesk(env, ['download', '--version=1.0', uri])).toMatchObject({ status: 0, stderr: '' });
  expect(fs.readdirSync(world.store).sort()).toEqual([unownedName, names['tool-1.0'], names['tool-2.0']].sort());
}

/** Makes everything that is stored look as if it had been there for long. */
function age(...stored: readonly string[]): void {
  const longAgo = new Date(Date.now() - 10 * 24 * 3600 * 1000);
  for (const name of stored) fs.utimesSync(path.join(world.store, name), longAgo, longAgo);
}

async function itemOf(name: string): Promise<CacheItem> {
  const item = (await world.desk.cache.list()).items.find(({ digest }) => digest === name);
  if (!item) throw new Error(`${name} is not listed`);
  return item;
}

const idOf = (name: string): StoreItemId => `0:${name}` as StoreItemId;

describe('what is stored', () => {
  it('is listed with its program, what needs it, and what deleting it would free', async () => {
    await storeBoth();
    fs.mkdirSync(path.join(world.store, 'tmp-1a'));
    fs.mkdirSync(path.join(world.store, 'somebody-elses'));
    const { items, totalBytes } = await world.desk.cache.list();
    expect(items).toHaveLength(4);
    expect(await itemOf(names['tool-2.0'])).toMatchObject({
      kind: 'implementation',
      interface: uri,
      name: 'Tool',
      version: '2.0',
      neededBy: ['Tool'],
      needs: [{ kind: 'library', name: 'Tool' }],
      lastUsedAt: null,
      isInUse: false,
      canDelete: true,
    });
    expect(await itemOf(names['tool-1.0'])).toMatchObject({ version: '1.0', neededBy: [], needs: [] });
    expect(await itemOf(unownedName)).toMatchObject({ kind: 'unowned', name: null, sizeBytes: 9 });
    expect(await itemOf('tmp-1a')).toMatchObject({ kind: 'temporary', isInUse: true });

    // Both have the same file: joined, it is there once.
    const saved = await world.desk.store.optimise(world.store, { isDryRun: false });
    expect(saved.freedBytes).toBe(5000);
    const after = await world.desk.cache.list();
    expect(after.totalBytes).toBe(totalBytes - 5000);
    const [first, second] = [await itemOf(names['tool-1.0']), await itemOf(names['tool-2.0'])];
    expect(first.freedBytes).toBe(first.sizeBytes - 5000);
    expect(await world.desk.cache.measure([first.id, second.id])).toBe(first.sizeBytes + second.sizeBytes - 5000);
    expect(await world.desk.cache.measure([first.id])).toBe(first.freedBytes);
  });

  it('shows when it was last run, from the window and from the command line', async () => {
    await storeBoth();
    const before = new Date().toISOString();
    expect(await runZerodesk(world.env, ['run', '--version=1.0', uri])).toMatchObject({ status: 0, stdout: 'one\n' });
    const first = await itemOf(names['tool-1.0']);
    expect(first.lastUsedAt! >= before).toBe(true);
    // What ran the last time is needed by its program, whatever would be chosen now.
    expect(first.needs.map(({ kind }) => kind)).toEqual(['library', 'history']);
    expect(first.neededBy).toEqual(['Tool']);
    await world.finish(world.desk.run.run(runRequest(uri)));
    expect((await itemOf(names['tool-2.0'])).lastUsedAt! >= first.lastUsedAt!).toBe(true);
    expect(await itemOf(names['tool-1.0'])).toMatchObject({
      neededBy: [],
      needs: [{ kind: 'history', name: 'Tool' }],
    });
    expect(await runZerodesk(world.env, ['run', '--dry-run', uri])).toMatchObject({ status: 0 });
    expect(await world.desk.runLog.read()).toHaveLength(2);
  });

  it('differs in these files', async () => {
    await storeBoth();
    const ref = (id: Version) => ({ fromFeed: uri as FeedUrl, id: id as string as ImplementationId });
    expect(await world.desk.diffs.diff(ref('tool-1.0'), ref('tool-2.0'))).toEqual({
      changes: [
        { path: 'bin/helper', change: 'added', type: 'file', aspects: ['executable'], bytesBefore: 0, bytesAfter: 10 },
        { path: 'bin/tool', change: 'changed', type: 'file', aspects: ['contents'], bytesBefore: 19, bytesAfter: 20 },
        { path: 'old', change: 'removed', type: 'file', aspects: [], bytesBefore: 17, bytesAfter: 0 },
      ],
      moreCount: 0,
      bytesBefore: 5036,
      bytesAfter: 5030,
      sameCount: 1,
    });
    const { stdout } = await runZerodesk(world.env, ['store', 'diff', names['tool-1.0'], names['tool-2.0']]);
    expect(stdout).toBe(
      '+ bin/helper  (executable, 10 bytes)\n~ bin/tool  (contents, +1 bytes)\n- old  (17 bytes)\n' +
        '1 added, 1 removed, 1 changed, 1 the same\n4.9 KB before, 4.9 KB after (-6 bytes)\n',
    );
    const place = path.join(world.store, names['tool-1.0']);
    const json = await runZerodesk(world.env, ['store', 'diff', '--json', place, names['tool-2.0']]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      before: place,
      sameCount: 1,
      changes: [{ path: 'bin/helper' }, {}, {}],
    });
    fs.rmSync(path.join(world.store, names['tool-1.0']), { recursive: true });
    await expect(world.desk.diffs.diff(ref('tool-1.0'), ref('tool-2.0'))).rejects.toMatchObject({
      code: 'implementation-missing',
    });
  });
});

describe('cleaning up', () => {
  it('deletes what nothing needs, and says before what and why', async () => {
    await storeBoth();
    fs.mkdirSync(path.join(world.store, 'tmp-1a'));
    fs.mkdirSync(path.join(world.store, 'somebody-elses'));
    age(unownedName, 'tmp-1a', names['tool-2.0']);
    const early = await world.desk.cache.previewCleanUp(0);
    expect(early.kept).toEqual({ needed: 1, inUse: 0, recent: 1, temporary: 0 });

    age(names['tool-1.0']);
    const preview = await world.desk.cache.previewCleanUp(0);
    const why = new Map(preview.items.map((item) => [item.digest, item.why]));
    expect(why).toEqual(
      new Map([
        [names['tool-1.0'], 'not-needed'],
        [unownedName, 'unowned'],
        ['tmp-1a', 'left-over'],
      ]),
    );
    expect(preview.kept).toEqual({ needed: 1, inUse: 0, recent: 0, temporary: 0 });

    const shown = preview.items.filter(({ why: reason }) => reason !== 'unowned').map(({ id }) => id);
    const job = await world.finish(world.desk.cache.cleanUp(shown, 0));
    expect(job).toMatchObject({ state: 'done', kind: 'cache-clean-up' });
    expect(job.bytes).toBeGreaterThan(5000);
    expect(fs.readdirSync(world.store).sort()).toEqual([unownedName, names['tool-2.0'], 'somebody-elses'].sort());
  });

  it('keeps what came into use after it was shown', async () => {
    await storeBoth();
    age(names['tool-1.0'], names['tool-2.0']);
    const { items } = await world.desk.cache.previewCleanUp(0);
    expect(items.map(({ digest }) => digest)).toEqual([names['tool-1.0']]);
    expect(await runZerodesk(world.env, ['run', '--version=1.0', uri])).toMatchObject({ status: 0 });
    const job = await world.finish(
      world.desk.cache.cleanUp(
        items.map(({ id }) => id),
        0,
      ),
    );
    expect(job).toMatchObject({ state: 'done', bytes: 0 });
    expect(fs.readdirSync(world.store)).toContain(names['tool-1.0']);
  });

  it('keeps what apps of the reference have, in present and earlier selections, and never guesses', async () => {
    await storeBoth();
    await world.desk.apps.remove(uri);
    age(names['tool-1.0'], names['tool-2.0']);
    const app = path.join(world.base, 'config/apps/mytool');
    fs.mkdirSync(app, { recursive: true });
    for (const [name, version] of [
      ['selections.xml', '2.0'],
      ['selections-2026-01-01.xml', '1.0'],
    ] as const) {
      const { stdout } = await runZerodesk(world.env, ['select', '--offline', '--xml', `--version=${version}`, uri]);
      fs.writeFileSync(path.join(app, name), stdout);
    }
    expect((await world.desk.cache.previewCleanUp(0)).items).toEqual([]);
    expect(await itemOf(names['tool-1.0'])).toMatchObject({ needs: [{ kind: 'app', name: 'mytool' }] });

    fs.rmSync(path.join(app, 'selections-2026-01-01.xml'));
    expect((await world.desk.cache.previewCleanUp(0)).items.map(({ digest }) => digest)).toEqual([names['tool-1.0']]);

    fs.writeFileSync(path.join(app, 'selections.xml'), 'rubbish');
    await expect(world.desk.cache.previewCleanUp(0)).rejects.toMatchObject({ code: 'bad-xml' });
    const failed = await runZerodesk(world.env, ['gc']);
    expect(failed).toMatchObject({ status: 1, stdout: '' });
    expect(failed.stderr).toContain(path.join(app, 'selections.xml'));
    expect(fs.readdirSync(world.store)).toHaveLength(3);
  });

  it('is `0desk gc`: a dry run that says why, the last runs, JSON, and then the deed', async () => {
    await storeBoth();
    age(unownedName, names['tool-1.0'], names['tool-2.0']);
    const dry = await runZerodesk(world.env, ['gc', '--dry-run']);
    expect(dry).toMatchObject({ status: 0, stderr: '' });
    expect(dry.stdout.split('\n')).toEqual([
      `- ${unownedName}: 9 bytes, in no known feed, no run known`,
      expect.stringMatching(
        new RegExp(`^- Tool 1\\.0 \\(${names['tool-1.0']}\\): 5.* KB, not needed by any program, no run known$`),
      ),
      'Kept: 1 needed',
      expect.stringMatching(/^\[dry-run\] .* would be freed$/),
      '',
    ]);
    expect(fs.readdirSync(world.store)).toHaveLength(3);

    // A run a while ago needs what it used, as far back as is asked for.
    const at = new Date(Date.now() - 5 * 3600 * 1000).toISOString();
    const line = JSON.stringify({ at, interface: uri, digests: [names['tool-1.0']] });
    fs.writeFileSync(path.join(world.base, 'state/zerodesk/runs.jsonl'), `${line}\n`);
    const kept = JSON.parse((await runZerodesk(world.env, ['gc', '--dry-run', '--json'])).stdout) as Record<
      string,
      unknown
    >;
    expect(kept).toMatchObject({ items: [{ digest: unownedName }], kept: { needed: 2 } });
    // In *My apps* the last run counts anyway.
    await world.desk.apps.remove(uri);
    const none = JSON.parse((await runZerodesk(world.env, ['gc', '--dry-run', '--json', '--keep=0'])).stdout) as {
      readonly items: readonly { readonly digest: string }[];
    };
    expect(none.items).toHaveLength(3);

    const done = await runZerodesk(world.env, ['gc', '--keep', '1']);
    expect(done.stdout).toMatch(/ freed\n$/);
    expect(fs.readdirSync(world.store)).toEqual([names['tool-1.0']]);
    expect(await runZerodesk(world.env, ['gc', '--keep=x'])).toMatchObject({ status: 1, stdout: '' });
  });

  it('leaves what a running program uses', async () => {
    await storeBoth();
    age(unownedName, names['tool-1.0'], names['tool-2.0']);
    const user = spawn('sleep', ['1000'], { cwd: path.join(world.store, names['tool-1.0']), stdio: 'ignore' });
    onTestFinished(() => void user.kill());
    const preview = await world.desk.cache.previewCleanUp(0);
    expect(preview.items.map(({ digest }) => digest)).toEqual([unownedName]);
    expect(preview.kept).toMatchObject({ inUse: 1 });
    const job = await world.finish(world.desk.cache.delete([idOf(names['tool-1.0'])]));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'not-allowed' } });
    expect(await itemOf(names['tool-1.0'])).toMatchObject({ isInUse: true });
  });
});

describe('verifying and repairing', () => {
  const damage = (name: string, file_: string): void => {
    const place = path.join(world.store, name, file_);
    fs.chmodSync(place, 0o644);
    fs.writeFileSync(place, 'changed');
  };

  it('verifies everything and lists what is damaged', async () => {
    await storeBoth();
    damage(names['tool-1.0'], 'old');
    const job = await world.finish(
      world.desk.cache.verify([names['tool-1.0'], names['tool-2.0'], unownedName].map(idOf)),
    );
    expect(job).toMatchObject({
      state: 'failed',
      error: { code: 'implementation-damaged' },
      progress: { receivedBytes: 3, totalBytes: 3 },
    });
    expect(job.damaged.map(({ digest }) => digest)).toEqual([names['tool-1.0'], unownedName]);
    // The listing goes on saying so, until it is repaired.
    expect((await itemOf(names['tool-1.0'])).damage).toContain('The contents of the directory have changed');
    expect(await itemOf(names['tool-2.0'])).toMatchObject({ damage: null });
    await world.finish(world.desk.cache.repair([idOf(names['tool-1.0'])]));
    expect(await itemOf(names['tool-1.0'])).toMatchObject({ damage: null });
  });

  it('carries no more of a report in the listing than anybody reads', async () => {
    await storeBoth();
    const place = path.join(world.store, names['tool-1.0']);
    fs.chmodSync(place, 0o755);
    for (let index = 0; index < 400; index += 1) fs.writeFileSync(path.join(place, `${index}${'x'.repeat(200)}`), '');
    const { damaged } = await world.finish(world.desk.cache.verify([idOf(names['tool-1.0'])]));
    expect((await itemOf(names['tool-1.0'])).damage).toBe(`${damaged[0]!.report.slice(0, 20_000)}…`);
  });

  it('downloads what is damaged again', async () => {
    await storeBoth();
    damage(names['tool-1.0'], 'old');
    const job = await world.finish(world.desk.cache.repair([names['tool-1.0'], names['tool-2.0']].map(idOf)));
    expect(job).toMatchObject({
      state: 'done',
      bytes: archives['tool-1.0'].length,
      damaged: [{ digest: names['tool-1.0'] }],
    });
    for (const name of Object.values(names)) {
      expect(await world.desk.store.verify(path.join(world.store, name))).toMatchObject({ isOk: true });
    }
    expect(fs.readdirSync(world.store)).toHaveLength(3);
    expect(site.server.paths().filter((name) => name === '/tool-2.0.tar.gz')).toHaveLength(1);
  });

  it('leaves the damaged one where it is if it cannot be had again', async () => {
    await storeBoth();
    damage(names['tool-1.0'], 'old');
    site.server.on('/tool-1.0.tar.gz', status(404));
    const before = world.storeTree();
    const job = await world.finish(world.desk.cache.repair([unownedName, names['tool-1.0']].map(idOf)));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'not-allowed' } });
    expect(job.damaged).toHaveLength(2);
    expect(world.storeTree()).toEqual(before);
  });
});

it('a full disk: what was downloaded stays, and is not asked for again', async ({ skip }) => {
  fs.rmSync(world.store, { recursive: true });
  fs.mkdirSync(world.store);
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'none', world.store]).status !== 0) {
    process.stderr.write('SKIPPED: a small file system cannot be mounted here, a full disk is not tried\n');
    skip();
  }
  const data = Buffer.alloc(1_000_000);
  for (let index = 0; index < data.length; index += 4) data.writeInt32LE(Math.imul(index, 0x9e3779b1), index);
  const large = makeTarGz({ name: 'bin/tool', data, mode: 0o755 });
  const { stores } = openTestStore(tempDir());
  const request = { mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
  const { digest } = await stores.digestArchive({ ...request, file: writeFile(tempDir(), 'a.tar.gz', large) });
  site.server.on('/large.tar.gz', file(large, { etag: '"1"', ranges: true }));
  const xml = feed()
    .replaceAll(names['tool-2.0'].slice(10), digest.slice(10))
    .replace(site.url('tool-2.0.tar.gz'), site.url('large.tar.gz'))
    .replace(`size="${archives['tool-2.0'].length}"`, `size="${large.length}"`);
  await site.publish('tool.xml', xml);

  try {
    const full = await world.finish(world.desk.run.download(runRequest(uri)));
    expect(full).toMatchObject({ state: 'failed', error: { code: 'fetch-failed' } });
    expect(full.error?.causes[0]).toEqual({ code: 'disk-full', params: { path: world.store } });
    expect(fs.readdirSync(world.store)).toEqual([]);
    // Unpacking ends while the rest is still coming, which is then given up.
    expect(world.partials().map((name) => path.extname(name))).toEqual(['.json', '.part']);
    const keptBytes = world.partialBytes();
    expect(keptBytes).toBeGreaterThan(0);
    spawnSync('mount', ['-o', 'remount,size=64m', world.store]);
    const again = await world.finish(world.desk.run.download(runRequest(uri)));
    expect(again).toMatchObject({ state: 'done', bytes: large.length - keptBytes });
    expect(fs.readdirSync(world.store)).toEqual([digest]);
    expect(world.partials()).toEqual([]);
  } finally {
    spawnSync('umount', ['-l', world.store]);
  }
});
