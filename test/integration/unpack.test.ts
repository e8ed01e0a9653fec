import * as fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnpackLimits } from '../../electron/core/ports/store.ts';
import { longName, makeTar, makeTarGz, pax, type TarEntry } from '../helpers/make-tar.ts';
import { makeZip } from '../helpers/make-zip.ts';
import { archiveStep, openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { describeTree } from '../helpers/tree.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { listing, openStore as open, unpackFailure as failure } from '../helpers/unpack-bench.ts';

const x: TarEntry = { name: 'x', data: 'x' };

describe('conflicts inside one tar archive', () => {
  it('are solved as tar does', async () => {
    const archive = makeTar(
      { name: 'empty', type: '5' },
      { name: 'empty', data: 'now a file' },
      { name: 'file', data: 'f' },
      { name: 'file', type: '5' },
      { name: 'link', type: '2', link: '/etc' },
      { name: 'link', type: '5' },
      { name: 'twice', data: '1', mode: 0o755 },
      { name: 'twice', data: '2' },
      { name: 'h1', data: 'h', mode: 0o755 },
      { name: 'h2', type: '1', link: 'h1', mode: 0o644 },
      { name: 'h1', data: 'changed' },
      { name: 'h2', type: '1', link: './h2' },
    );
    expect(await listing('a.tar', archive)).toEqual(['F empty', 'F h1', 'X h2', 'F twice', 'D /file', 'D /link']);
  });

  it.each<[string, readonly TarEntry[]]>([
    [
      'a file over a directory with contents',
      [
        { name: 'd/x', data: 'x' },
        { name: 'd', data: 'x' },
      ],
    ],
    [
      'a link over a directory with contents',
      [
        { name: 'd/x', data: 'x' },
        { name: 'd', type: '2', link: '/' },
      ],
    ],
    ['a member below a file', [x, { name: 'x/y', data: 'y' }]],
    [
      'a member below a link',
      [
        { name: 'l', type: '2', link: '.' },
        { name: 'l/y', data: 'y' },
      ],
    ],
    [
      'a directory below a link',
      [
        { name: 'l', type: '2', link: '.' },
        { name: 'l/y', type: '5' },
      ],
    ],
    [
      'a link below a link',
      [
        { name: 'l', type: '2', link: '.' },
        { name: 'l/y', type: '2', link: 'x' },
      ],
    ],
    ['a hard link below a link', [x, { name: 'l', type: '2', link: '.' }, { name: 'l/y', type: '1', link: 'x' }]],
    ['a hard link through a link', [x, { name: 'l', type: '2', link: '.' }, { name: 'y', type: '1', link: 'l/x' }]],
    [
      'a hard link to a directory',
      [
        { name: 'd', type: '5' },
        { name: 'y', type: '1', link: 'd' },
      ],
    ],
    ['a hard link to itself', [{ name: 'y', type: '1', link: 'y' }]],
    ['a hard link with .. in it', [x, { name: 'd/y', type: '1', link: 'd/../x' }]],
    ['a newline', [pax({ path: 'a\nb' }), x]],
    ['a newline in a directory', [pax({ path: 'a\nb/' }), { ...x, type: '5' }]],
    ['bytes that are not UTF-8', [pax({ path: Buffer.from([0x61, 0xff]) }), x]],
    ['a surrogate', [pax({ path: Buffer.from([0xed, 0xa0, 0x80]) }), x]],
    ['NUL', [pax({ path: 'a\0b' }), x]],
    ['.. behind a long name', [longName(`${'a/'.repeat(60)}../x`), x]],
    ['a device', [{ name: 'd', type: '3' }]],
    ['an unknown type', [{ name: 'd', type: 'Z', data: 'x' }]],
    ['part of a file', [{ name: 'd', type: 'M', data: 'x' }]],
    ['a link with NUL in its target', [pax({ linkpath: 'a\0b' }), { name: 'l', type: '2' }]],
  ])('%s is refused', async (_what, entries) => {
    expect(await failure(makeTar(...entries), 'a.tar')).toContain('archive-unsafe');
  });

  it('refuses a link without a target', async () => {
    expect(await failure(makeTar({ name: 'l', type: '2' }), 'a.tar')).toContain('archive-damaged');
  });

  it('needs no entries for directories, and ignores . and doubled slashes', async () => {
    const archive = makeTar({ name: './', type: '5' }, { name: './a//b/./c', data: 'x' }, { name: '/abs', data: 'x' });
    expect(await listing('a.tar', archive)).toEqual(['F abs', 'D /a', 'D /a/b', 'F c']);
  });
});

describe('extract', () => {
  const archive = makeTar({ name: './pkg/x', data: 'x' }, { name: 'other', type: '3' }, { name: 'pkg2/x', data: 'x' });

  it('leaves out the rest, whatever it is', async () => {
    expect(await listing('a.tar', archive, 'pkg')).toEqual(['F x']);
  });

  it('does not save unsafe names from being refused', async () => {
    const { base, stores } = open();
    const file = writeFile(base, 'a.tar', makeTar({ name: 'pkg/x' }, { name: '../x' }));
    const request = { file, mimeType: 'application/x-tar', extract: 'pkg', algorithm: 'sha256' };
    await expect(stores.digestArchive(request)).rejects.toThrow('archive-unsafe');
  });

  it.each(['..', '.', '', '.x', 'a/b', 'a\\b', '-x', '_x', 'é'])('refuses %j', async (extract) => {
    await expect(listing('a.tar', archive, extract)).rejects.toThrow('archive-unsafe');
  });

  it('refuses hard links to what is left out', async () => {
    const link = makeTar(x, { name: 'pkg/y', type: '1', link: 'x' });
    await expect(listing('a.tar', link, 'pkg')).rejects.toThrow('archive-unsafe');
  });

  it('refuses a link or a file in its place, also after members below it', async () => {
    for (const entry of [
      { name: 'pkg', type: '2', link: '/etc' },
      { name: 'pkg', data: 'x' },
    ]) {
      await expect(listing('a.tar', makeTar({ name: 'pkg/x' }, entry), 'pkg')).rejects.toThrow('archive-unsafe');
    }
  });
});

describe('limits', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ name: `f${index}` }));

  it.each<[string, Partial<UnpackLimits>, Buffer, string]>([
    ['bytes', { unpackedBytes: 100_000 }, makeTarGz({ name: 'x', data: Buffer.alloc(200_000) }), 'a.tar.gz'],
    ['bytes in a zip', { unpackedBytes: 999 }, makeZip([{ name: 'x', data: Buffer.alloc(1000) }]), 'a.zip'],
    ['entries', { entries: 49 }, makeTar(...many), 'a.tar'],
    ['entries in a zip', { entries: 49 }, makeZip(many), 'a.zip'],
    ['path', { pathBytes: 100 }, makeTar(longName('a/'.repeat(60)), x), 'a.tar'],
    ['name', {}, makeTar(longName('é'.repeat(130)), x), 'a.tar'],
    ['link', { linkBytes: 10 }, makeTar({ name: 'l', type: '2', link: 'x'.repeat(11) }), 'a.tar'],
    ['link in a zip', { linkBytes: 10 }, makeZip([{ name: 'l', data: 'x'.repeat(11), mode: 0o120777 }]), 'a.zip'],
    ['ratio', { ratio: 50, ratioFromBytes: 1e5 }, makeTarGz({ name: 'x', data: Buffer.alloc(1e6) }), 'a.tar.gz'],
    [
      'ratio in a zip',
      { ratio: 50, ratioFromBytes: 1e5 },
      makeZip([{ name: 'x', data: Buffer.alloc(1e6), isDeflated: true }]),
      'a.zip',
    ],
    [
      'a hole',
      {},
      makeTar(pax({ 'GNU.sparse.major': '0', 'GNU.sparse.map': '0,1', 'GNU.sparse.size': '999999999999' }), x),
      'a.tar',
    ],
  ])('of %s stop an archive', async (_what, limits, archive, name) => {
    expect(await failure(archive, name, limits)).toContain('archive-limit');
  });

  it('can be raised for one download', async () => {
    const archive = makeZip([{ name: 'x', data: Buffer.alloc(3e6), isDeflated: true }]);
    const { base } = open();
    const { stores } = openTestStore(base, { limits: { ratio: 10, ratioFromBytes: 1000 } });
    const steps = [archiveStep(writeFile(base, 'a.zip', archive))];
    await expect(stores.add({ digests: [noDigest], steps })).rejects.toThrow('archive-limit');
    await expect(stores.add({ digests: [noDigest], steps, limits: { ratio: 10_000 } })).rejects.toThrow('wrong-digest');
  });
});

describe('gzip', () => {
  const tar = makeTar({ name: 'big', data: Buffer.alloc(700_000, 'abc') }, x);

  it('takes members and padding wherever pieces begin and end', async () => {
    const half = tar.length / 2 - ((tar.length / 2) % 512);
    const parts = [gzipSync(tar.subarray(0, half), { level: 0 }), gzipSync(tar.subarray(half), { level: 0 })];
    expect(await listing('a.tar.gz', Buffer.concat(parts))).toEqual(['F big', 'F x']);
    expect(await listing('a.tar.gz', Buffer.concat([...parts, Buffer.alloc(600_000)]))).toEqual(['F big', 'F x']);
    // The end of the data exactly where a piece of input ends.
    const padded = gzipSync(tar, { level: 0 });
    const fill = 262_144 * 4 - padded.length;
    const aligned = Buffer.concat([padded.subarray(0, 10), padded.subarray(10)]);
    expect(fill).toBeGreaterThan(0);
    expect(await listing('a.tar.gz', Buffer.concat([aligned, Buffer.alloc(fill)]))).toEqual(['F big', 'F x']);
  });

  it.each([
    ['cut off in the data', gzipSync(tar).subarray(0, -50)],
    ['cut off in the trailer', gzipSync(tar).subarray(0, -1)],
    ['followed by garbage', Buffer.concat([gzipSync(tar), Buffer.from('garbage')])],
    ['followed by zeros and garbage', Buffer.concat([gzipSync(tar), Buffer.alloc(400_000), Buffer.from('garbage')])],
    [
      'with a wrong checksum',
      Buffer.concat([gzipSync(tar).subarray(0, -8), Buffer.alloc(4), gzipSync(tar).subarray(-4)]),
    ],
    ['compressed twice', gzipSync(gzipSync(tar))],
    ['of nothing', gzipSync('')],
    ['one byte', Buffer.of(0x1f)],
  ])('%s is refused', async (_what, archive) => {
    expect(await failure(archive, 'a.tar.gz')).toContain('archive-damaged');
  });
});

describe('any tar archive', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'a',
      'b',
      'a/b',
      'a/b/c',
      'l',
      'l/x',
      'l/../x',
      '..',
      '../victim',
      '../victim/precious',
      '/a',
      '.',
      './a',
      'b/',
    ),
    fc.array(fc.constantFrom('a', 'b', 'l', '..', '.', '', 'victim'), { maxLength: 4 }).map((parts) => parts.join('/')),
  );
  const entry = fc.record({
    name,
    type: fc.constantFrom('0', '0', '5', '2', '2', '1', '1', '3', '6'),
    data: fc.constantFrom('', 'x'),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    link: fc.oneof(name, fc.constantFrom('/', '../..', '../victim', '../victim/precious', '/etc/passwd')),
  });

  it('puts nothing outside its directory, and is stored with right modes or not at all', async () => {
    const { base, stores, path: store } = open();
    for (const directory of [store, base]) {
      fs.mkdirSync(path.join(directory, 'victim'), { recursive: true });
      fs.writeFileSync(path.join(directory, 'victim/precious'), 'precious');
    }
    const before = describeTree(base);
    const elsewhere = tempDir();
    let storedCount = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (entries) => {
        const file = writeFile(elsewhere, 'a.tar', makeTar(...entries));
        try {
          const request = { file, mimeType: 'application/x-tar', extract: null, algorithm: 'sha256new' };
          const { digest } = await stores.digestArchive(request);
          const added = await stores.add({ digests: [digest], steps: [archiveStep(file)] });
          storedCount++;
          expect(await stores.verify(added.path)).toEqual({ isOk: true, digest });
          const [stored] = (await stores.list()).filter(({ kind }) => kind === 'implementation');
          await stores.remove(stored!);
        } catch (error) {
          expect(error).toHaveProperty('code', expect.stringMatching(/^archive-/));
        } finally {
          fs.rmSync(file);
        }
        expect(describeTree(base)).toEqual(before);
      }),
      { numRuns: 150 },
    );
    expect(storedCount).toBeGreaterThan(10);
  });
});
