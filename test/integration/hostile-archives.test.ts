import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import { compress, makeCab, makeCpio, makeDeb, makeGem, makeRpm, type Ending } from '../helpers/make-packages.ts';
import { makeTar, pax, type TarEntry } from '../helpers/make-tar.ts';
import { makeZip, type ZipMember } from '../helpers/make-zip.ts';
import { archiveStep, openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { absolute, limited, unpack, x, type Outcome } from '../helpers/hostile-archive.ts';

/** All that carry a tar archive. */
const tarFormats: Readonly<Record<string, (tar: Buffer) => Buffer>> = {
  ...Object.fromEntries(
    (['', '.gz', '.bz2', '.xz', '.lzma', '.lz', '.zst'] as const).map((ending: Ending) => [
      `a.tar${ending}`,
      (tar: Buffer) => compress(tar, ending),
    ]),
  ),
  'a.gem': makeGem,
  'a.deb': (tar) => makeDeb(tar, '.xz'),
};

const hostileTars: readonly (readonly [string, readonly TarEntry[], Outcome])[] = [
  ['..', [{ name: '../victim/precious', data: 'x' }], 'archive-unsafe'],
  ['.. inside', [{ name: 'a/../../victim/precious', data: 'x' }], 'archive-unsafe'],
  ['an absolute name', [{ name: absolute, data: 'x' }], ['D /tmp', 'F zerodesk-canary']],
  [
    'a link, then a file through it',
    [
      { name: 'l', type: '2', link: '../victim' },
      { name: 'l/precious', data: 'x' },
    ],
    'archive-unsafe',
  ],
  [
    'a link to a file, then a file of its name',
    [
      { name: 'l', type: '2', link: '../victim/precious' },
      { name: 'l', data: 'x' },
    ],
    ['F l'],
  ],
  ['a hard link outside', [{ name: 'h', type: '1', link: '../victim/precious' }], 'archive-unsafe'],
  [
    'a hard link through a link',
    [
      { name: 'l', type: '2', link: '../victim' },
      { name: 'h', type: '1', link: 'l/precious' },
    ],
    'archive-unsafe',
  ],
  ['a device', [{ name: 'd', type: '3' }], 'archive-unsafe'],
  ['a named pipe', [{ name: 'p', type: '6' }], 'archive-unsafe'],
  [
    'special bits',
    [
      { name: 's', data: 's', mode: 0o7755 },
      { name: 'd', type: '5', mode: 0o7777 },
    ],
    ['X s', 'D /d'],
  ],
  ['a newline', [pax({ path: 'a\nb' }), x], 'archive-unsafe'],
  ['a name that is not UTF-8', [{ name: Buffer.from([0x61, 0xff]) }], 'archive-unsafe'],
  ['the same name twice', [{ name: 'x', data: '1', mode: 0o755 }, x], ['F x']],
  ['names that differ in case', [x, { name: 'X', data: 'X' }], ['F X', 'F x']],
  ['a size beyond its end', [{ name: 'x', data: 'x', size: 100_000 }], 'archive-damaged'],
];

describe.each(Object.entries(tarFormats))('%s', (name, wrap) => {
  it.each(hostileTars)('with %s', async (_what, entries, expected) => {
    expect(await unpack(name, wrap(makeTar(...entries)))).toEqual(expected);
  });

  it('cut off anywhere is refused', async () => {
    const archive = wrap(
      makeTar({ name: 'x', data: Buffer.from(Array.from({ length: 20_000 }, (_, i) => (i * i) >> 3)) }),
    );
    for (const share of [0, 0.2, 0.4, 0.55]) {
      const cut = archive.subarray(0, Math.floor(archive.length * share));
      expect(await unpack(name, cut)).toBe('archive-damaged');
    }
  });

  it('of another type is refused', async () => {
    const others = [
      makeZip([{ name: 'x' }]),
      Buffer.from('text\n'.repeat(1000)),
      compress(makeTar(x), '.gz'),
      compress(makeTar(x), '.xz'),
    ];
    for (const other of others) {
      if (name !== 'a.tar.gz' || other !== others[2]) {
        if (name === 'a.tar.xz' && other === others[3]) continue;
        expect(await unpack(name, other)).toBe('archive-damaged');
      }
    }
  });

  it('that grows beyond all measure is stopped', async () => {
    const archive = wrap(makeTar({ name: 'x', data: Buffer.alloc(3_000_000) }));
    expect(await limited(name, archive, { unpackedBytes: 1_000_000 })).toBe('archive-limit');
    if (name !== 'a.tar')
      expect(await limited(name, archive, { ratio: 3, ratioFromBytes: 500_000 })).toBe('archive-limit');
    const many = wrap(makeTar(...Array.from({ length: 60 }, (_, index) => ({ name: `f${index}` }))));
    expect(await limited(name, many, { entries: 50 })).toBe('archive-limit');
  });
});

describe('what follows the compressed data', () => {
  it.each(['.gz', '.bz2', '.xz', '.lzma', '.lz', '.zst'] as const)('%s: garbage is refused', async (ending) => {
    const archive = Buffer.concat([compress(makeTar(x), ending), Buffer.from('garbage, and more of it')]);
    expect(await unpack(`a.tar${ending}`, archive)).toBe('archive-damaged');
  });

  it.each(['.bz2', '.xz', '.zst', '.lz'] as const)('%s: a second stream belongs to it', async (ending) => {
    const tar = makeTar(x);
    const archive = Buffer.concat([compress(tar.subarray(0, 700), ending), compress(tar.subarray(700), ending)]);
    expect(await unpack(`a.tar${ending}`, archive)).toEqual(['F x']);
  });
});

describe('zip and jar', () => {
  it.each<[string, readonly ZipMember[], Outcome]>([
    ['..', [{ name: '../victim/precious' }], 'archive-unsafe'],
    ['an absolute name', [{ name: absolute }], 'archive-unsafe'],
    [
      'a file through a link',
      [{ name: 'l', data: '../victim', mode: 0o120777 }, { name: 'l/precious' }],
      'archive-unsafe',
    ],
    ['a newline', [{ name: 'a\nb' }], 'archive-unsafe'],
    ['a name that is not UTF-8', [{ name: Buffer.from([0xff]) }], 'archive-unsafe'],
    ['special bits', [{ name: 's', mode: 0o107755 }], ['X s']],
    [
      'the same name twice',
      [
        { name: 'x', data: '1', mode: 0o100755 },
        { name: 'x', data: '2' },
      ],
      ['F x'],
    ],
    ['names that differ in case', [{ name: 'x' }, { name: 'X' }], ['F X', 'F x']],
  ])('with %s', async (_what, members, expected) => {
    expect(await unpack('a.zip', makeZip(members))).toEqual(expected);
    expect(await unpack('a.jar', makeZip(members))).toEqual(expected);
  });
});

describe('7z', () => {
  /** Packs files by their names here, and gives them other names in the archive. */
  function make7z(names: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}): Buffer {
    const directory = tempDir();
    for (const name of Object.keys(names)) fs.writeFileSync(path.join(directory, name), `content of ${name}\n`);
    for (const [name, target] of Object.entries(links)) fs.symlinkSync(target, path.join(directory, name));
    const run = (...args: readonly string[]): void =>
      void execFileSync('7z', args, { cwd: directory, stdio: 'ignore' });
    run('a', '-snl', 'a.7z', ...Object.keys(names), ...Object.keys(links));
    for (const [name, other] of Object.entries(names)) if (name !== other) run('rn', 'a.7z', name, other);
    return fs.readFileSync(path.join(directory, 'a.7z'));
  }

  it('unpacks files, links, execute bits and what is empty', async () => {
    const directory = tempDir();
    fs.mkdirSync(path.join(directory, 't/empty'), { recursive: true });
    fs.writeFileSync(path.join(directory, 't/run'), '#!/bin/sh\n', { mode: 0o755 });
    fs.writeFileSync(path.join(directory, 't/é x'), 'x');
    fs.writeFileSync(path.join(directory, 't/nothing'), '');
    fs.symlinkSync('../anywhere', path.join(directory, 't/link'));
    execFileSync('7z', ['a', '-snl', 'a.7z', 't'], { cwd: directory, stdio: 'ignore' });
    const archive = fs.readFileSync(path.join(directory, 'a.7z'));
    expect(await unpack('a.7z', archive)).toEqual(['D /t', 'S link', 'F nothing', 'X run', 'F é x', 'D /t/empty']);
  });

  it.each<[string, () => Buffer, Outcome]>([
    ['..', () => make7z({ x: '../victim/precious' }), 'archive-unsafe'],
    ['an absolute name', () => make7z({ x: absolute }), 'archive-unsafe'],
    ['a file through a link', () => make7z({ x: 'l/precious' }, { l: '../victim' }), 'archive-unsafe'],
    ['a link that leads anywhere', () => make7z({}, { l: '/etc/passwd' }), ['S l']],
  ])('with %s', async (_what, make, expected) => {
    expect(await unpack('a.7z', make())).toEqual(expected);
  });

  it('encrypted is not supported', async () => {
    const directory = tempDir();
    fs.writeFileSync(path.join(directory, 'x'), 'x');
    execFileSync('7z', ['a', '-psecret', 'a.7z', 'x'], { cwd: directory, stdio: 'ignore' });
    expect(await unpack('a.7z', fs.readFileSync(path.join(directory, 'a.7z')))).toBe('archive-unsupported');
  });

  it('cut off, changed or of another type is refused', async () => {
    const archive = make7z({ x: 'x' });
    for (const end of [0, 20, archive.length - 10])
      expect(await unpack('a.7z', archive.subarray(0, end))).toBe('archive-damaged');
    const changed = Buffer.from(archive);
    changed[40] = changed[40]! ^ 0xff;
    expect(await unpack('a.7z', changed)).toBe('archive-damaged');
    expect(await unpack('a.7z', makeZip([{ name: 'x' }]))).toBe('archive-damaged');
  });

  it('that grows beyond all measure is stopped', async () => {
    const directory = tempDir();
    fs.writeFileSync(path.join(directory, 'x'), Buffer.alloc(30_000_000));
    execFileSync('7z', ['a', '-mx=1', 'a.7z', 'x'], { cwd: directory, stdio: 'ignore' });
    const archive = fs.readFileSync(path.join(directory, 'a.7z'));
    expect(await limited('a.7z', archive, { ratio: 50, ratioFromBytes: 1e6 })).toBe('archive-limit');
  });
});

describe('a start offset', () => {
  it.each<[string, () => Buffer]>([
    ['a.tar.xz', () => compress(makeTar(x), '.xz')],
    ['a.deb', () => makeDeb(makeTar(x))],
    ['a.rpm', () => makeRpm(makeCpio({ name: 'x', data: 'x' }))],
    ['a.zip', () => makeZip([{ name: 'x', data: 'x' }])],
    ['a.cab', () => makeCab({ name: 'x', data: 'x' })],
  ])('skips what is in front: %s', async (name, make) => {
    const base = tempDir();
    const { stores, path: store } = openTestStore(base);
    const file = writeFile(base, name, Buffer.concat([Buffer.from('#!/bin/sh\nexit 1\n'), make()]));
    const step = archiveStep(file, { mimeType: guessMimeType(name) ?? '', startOffset: 17 });
    const error: unknown = await stores.add({ digests: [noDigest], steps: [step] }).catch((thrown: unknown) => thrown);
    expect(error).toHaveProperty('code', 'wrong-digest');
    expect(fs.readdirSync(store)).toEqual([]);
  });
});
