import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { escapeName } from '../../../electron/core/feed/names.ts';
import { isIcon } from '../../../electron/core/trust/png.ts';
import { createFeedWorld, neverAsk, sayNo, sayYes, type FeedWorld } from '../../helpers/feed-world.ts';
import { file, status } from '../../helpers/server.ts';
import { feedXml, type TestKey } from '../../helpers/signing.ts';
import { failure } from '../../helpers/failure.ts';

const catalogXml = (name: string): string => `<?xml version="1.0" encoding="utf-8"?>
<catalog xmlns="http://0install.de/schema/injector/catalog">
  <interface xmlns="http://zero-install.sourceforge.net/2004/injector/interface" uri="https://example.com/paint.xml">
    <name>${name}</name><summary>draws pictures</summary>
    <icon type="image/png" href="https://example.com/paint.png"/>
  </interface>
</catalog>
`;

const past = (hours: number): Date => new Date(Date.now() - hours * 3600 * 1000);
const options = (ask = sayYes) => ({ signal: new AbortController().signal, ask });

function publish(world: FeedWorld, key: TestKey, xml: string, at: Date): string {
  world.server.on('/catalog.xml', file(world.signer.signFeed(xml, key, { at })));
  world.server.on(`/${key.keyId}.gpg`, file(key.publicKey()));
  return `${world.server.origin}/catalog.xml`;
}

describe('catalogues', () => {
  it('are signed, trusted and kept like feeds', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(100) });
    const url = publish(world, key, catalogXml('Paint'), past(50));
    expect(await world.catalogs.read(url)).toBeNull();
    await expect(world.catalogs.refresh(url, options(sayNo))).rejects.toThrow(failure('feed-untrusted'));
    expect(await world.catalogs.refresh(url, options())).toBe('updated');
    expect(await world.catalogs.read(url)).toMatchObject({
      entries: [
        {
          uri: 'https://example.com/paint.xml',
          name: 'Paint',
          summary: 'draws pictures',
          icon: 'https://example.com/paint.png',
        },
      ],
    });
    expect(readFileSync(join(world.paths.cache[0]!, 'catalogs', escapeName(url)), 'utf8')).toContain(
      'Base64 Signature',
    );
    expect(await world.catalogs.refresh(url, options(neverAsk))).toBe('unchanged');

    publish(world, key, catalogXml('Old'), past(60));
    await expect(world.catalogs.refresh(url, options(neverAsk))).rejects.toThrow(failure('feed-replayed'));
    publish(world, key, catalogXml('New'), past(40));
    expect(await world.catalogs.refresh(url, options(neverAsk))).toBe('updated');
    expect((await world.catalogs.read(url))?.entries[0]?.name).toBe('New');
  });

  it('are nothing else', async () => {
    const world = await createFeedWorld();
    const key = world.signer.createKey({ at: past(100) });
    const url = publish(world, key, feedXml(`${world.server.origin}/catalog.xml`), past(1));
    await expect(world.catalogs.refresh(url, options())).rejects.toThrow(failure('bad-feed'));
    world.server.on('/catalog.xml', file(catalogXml('Paint')));
    await expect(world.catalogs.refresh(url, options())).rejects.toThrow(failure('feed-unsigned'));
    world.server.on('/catalog.xml', status(404));
    await expect(world.catalogs.refresh(url, options())).rejects.toThrow(failure('http-status'));
    expect(await world.catalogs.read(url)).toBeNull();
    expect(world.storedNames()).toEqual([]);
  });

  it('on this computer need no signature', async () => {
    const world = await createFeedWorld();
    const path = join(world.directory, 'own catalogue.xml');
    await expect(world.catalogs.refresh(path, options(neverAsk))).rejects.toThrow(failure('file-missing'));
    writeFileSync(path, catalogXml('Own'));
    expect(await world.catalogs.refresh(path, options(neverAsk))).toBe('updated');
    expect((await world.catalogs.read(path))?.entries[0]?.name).toBe('Own');
    writeFileSync(path, '<html/>');
    await expect(world.catalogs.refresh(path, options(neverAsk))).rejects.toThrow(failure('bad-feed'));
    expect((await world.catalogs.read(path))?.entries[0]?.name).toBe('Own');
  });
});

/** A PNG of one colour. */
function png(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(Math.min(10_000, (width + 1) * height)));
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return new Uint8Array(
    Buffer.concat([magic, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]),
  );
}

describe('icons', () => {
  const uri = 'https://example.com/paint.xml';

  it('are fetched once and kept', async () => {
    const world = await createFeedWorld();
    const href = `${world.server.origin}/paint.png`;
    world.server.on('/paint.png', file(png(64, 64)));
    expect(await world.catalogs.icon(uri, null)).toBeNull();
    const both = await Promise.all([world.catalogs.icon(uri, href), world.catalogs.icon(uri, href)]);
    expect(both).toEqual([png(64, 64), png(64, 64)]);
    expect(await world.catalogs.icon(uri, null)).toEqual(png(64, 64));
    expect(world.server.paths()).toEqual(['/paint.png']);
    const path = join(world.paths.cache[0]!, 'interface_icons', escapeName(uri));
    expect(new Uint8Array(readFileSync(path))).toEqual(png(64, 64));
  });

  it.each([
    ['SVG', file('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['too wide', file(png(1025, 10))],
    ['too high', file(png(10, 1025))],
    ['empty', file(png(0, 10))],
    ['cut off', file(png(64, 64).subarray(0, 20))],
    ['too large', file(new Uint8Array(600 * 1024))],
    ['missing', status(404)],
  ])('are refused when %s, and not asked for again', async (_name, behaviour) => {
    const world = await createFeedWorld();
    world.server.on('/paint.png', behaviour);
    const href = `${world.server.origin}/paint.png`;
    expect(await world.catalogs.icon(uri, href)).toBeNull();
    expect(await world.catalogs.icon(uri, href)).toBeNull();
    expect(world.server.paths()).toEqual(['/paint.png']);
  });

  it('are not fetched off-line, and what somebody put into the cache is checked [O44]', async () => {
    const world = await createFeedWorld();
    await world.config.write({ networkUse: 'off-line' });
    expect(await world.catalogs.icon(uri, `${world.server.origin}/paint.png`)).toBeNull();
    expect(world.server.paths()).toEqual([]);
    mkdirSync(join(world.paths.cache[0]!, 'interface_icons'), { recursive: true });
    writeFileSync(join(world.paths.cache[0]!, 'interface_icons', escapeName(uri)), '<svg/>');
    expect(await world.catalogs.icon(uri, null)).toBeNull();
  });

  it('may have up to 1024 pixels each way', () => {
    expect(isIcon(png(1024, 1024))).toBe(true);
    expect(isIcon(new Uint8Array())).toBe(false);
  });
});
