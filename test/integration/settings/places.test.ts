import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDeskWorld, type DeskWorld } from '../../helpers/desk-world.ts';
import { createSigningHome, feedXml } from '../../helpers/signing.ts';
import { file as send, startServer } from '../../helpers/server.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

const catalogXml = `<?xml version="1.0"?>
<catalog xmlns="http://0install.de/schema/injector/catalog" xmlns:i="http://zero-install.sourceforge.net/2004/injector/interface">
  <i:interface uri="https://example.com/paint.xml"><i:name>Paint</i:name><i:summary>draws</i:summary></i:interface>
</catalog>
`;
const usual = 'https://apps.0install.net/catalog.xml';

const listed = async ({ desk }: DeskWorld): Promise<readonly string[]> =>
  (await desk.places.list()).sources.map(({ url }) => url);

describe('catalogues of one’s own [W2, W13]', () => {
  it('are listed once they were fetched and their key is trusted, and again taken off', async () => {
    const world = await createDeskWorld();
    const server = await startServer();
    onTestFinished(() => server.close());
    const signer = createSigningHome();
    const key = signer.createKey();
    const url = `${server.origin}/catalog.xml`;
    server.on('/catalog.xml', send(signer.signFeed(catalogXml, key)));
    server.on(`/${key.keyId}.gpg`, send(key.publicKey()));

    const job = await world.finish(await world.desk.places.addSource(url));
    expect(job.error).toBeNull();
    expect(await listed(world)).toEqual([usual, url]);
    const { apps } = await world.desk.apps.list(false);
    expect(apps.map(({ name }) => name)).toContain('Paint');

    const undo = await world.desk.places.removeSource(url);
    expect(await listed(world)).toEqual([usual]);
    await world.desk.undo.take(undo);
    expect(await listed(world)).toEqual([usual, url]);
    await expect(world.desk.places.addSource(url)).rejects.toThrow(/not-allowed/);

    const again = await world.desk.places.removeSource(usual);
    server.on('/more.xml', send(signer.signFeed(catalogXml, key)));
    const more = `${server.origin}/more.xml`;
    await world.finish(await world.desk.places.addSource(more));
    await world.desk.undo.take(again);
    // What was added in between stays.
    expect(await listed(world)).toEqual([usual, url, more]);

    await world.desk.places.resetSources();
    expect(await world.desk.places.list()).toMatchObject({ sources: [{ url: usual }], areSourcesUsual: true });
    expect(existsSync(path.join(world.base, 'config/catalog-sources'))).toBe(false);
  });

  it('are not listed if they cannot be had', async () => {
    const world = await createDeskWorld();
    const server = await startServer();
    onTestFinished(() => server.close());
    server.on('/feed.xml', send(new TextEncoder().encode(feedXml(`${server.origin}/feed.xml`))));
    const job = await world.finish(await world.desk.places.addSource(`${server.origin}/feed.xml`));
    expect(job.state).toBe('failed');
    expect(await listed(world)).toEqual([usual]);
    await expect(world.desk.places.addSource('ftp://example.com/catalog.xml')).rejects.toThrow(/bad-url/);
    await expect(world.desk.places.removeSource('https://example.com/none.xml')).rejects.toThrow(/no-such/);
  });
});

describe('stores of one’s own [S17]', () => {
  it('are looked into at once, and no longer when taken off; comments stay', async () => {
    const world = await createDeskWorld();
    const folder = tempDir();
    const digest = `sha256new_${'B'.repeat(52)}`;
    mkdirSync(path.join(folder, digest));
    const list = path.join(world.base, 'config/injector/implementation-dirs');
    mkdirSync(path.dirname(list), { recursive: true });
    writeFileSync(list, '# mine\n');

    const undo = await world.desk.places.addStore(folder);
    expect((await world.desk.places.list()).stores.at(-1)).toEqual({
      name: folder,
      path: folder,
      isWritable: true,
      isOwn: true,
    });
    expect((await world.desk.cache.list()).items.some((item) => item.id.endsWith(digest))).toBe(true);
    expect(readFileSync(list, 'utf8')).toBe(`# mine\n${folder}\n`);
    await world.desk.undo.take(undo);
    expect(readFileSync(list, 'utf8')).toBe('# mine\n');

    await world.desk.places.addStore(folder);
    await world.desk.places.removeStore(folder);
    expect((await world.desk.places.list()).stores.every(({ isOwn }) => !isOwn)).toBe(true);
    expect(existsSync(path.join(folder, digest))).toBe(true);
    const other = tempDir();
    await world.desk.places.addStore(folder);
    await world.desk.places.addStore(other);
    const back = await world.desk.places.removeStore(folder);
    await world.desk.undo.take(back);
    // In its place, as the order is that of searching.
    expect(readFileSync(list, 'utf8')).toBe(`# mine\n${folder}\n${other}\n`);
    await expect(world.desk.places.removeStore('/')).rejects.toThrow(/no-such/);
  });
});
