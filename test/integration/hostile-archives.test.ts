import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import type { UnpackLimits } from '../../electron/core/ports/store.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import { noDigest } from '../helpers/archive-cases.ts';
import {
  compress,
  makeAr,
  makeCab,
  makeCpio,
  makeDeb,
  makeGem,
  makeRpm,
  type CabEntry,
  type CpioEntry,
  type Ending,
} from '../helpers/make-packages.ts';
import { makeTar, pax, type TarEntry } from '../helpers/make-tar.ts';
import { makeZip, type ZipMember } from '../helpers/make-zip.ts';
import { archiveStep, openTestStore, writeFile } from '../helpers/store-bench.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { describeTree } from '../helpers/tree.ts';

/** What became of an archive: the code of the error, or the lines of its manifest without hashes and times. */
type Outcome = string | readonly string[];

/**
 * Unpacks an archive in a store with victims beside and above, and looks afterwards whether anything but the result is
 * there: a changed or new file anywhere below the base fails the test.
 */
async function unpack(name: string, archive: Buffer, limits: Partial<UnpackLimits> = {}): Promise<Outcome> {
  const base = tempDir();
  const { stores, path: store } = openTestStore(base);
  fs.mkdirSync(store, { recursive: true });
  for (const place of [base, path.dirname(store), store]) {
    fs.mkdirSync(path.join(place, 'victim'));
    fs.writeFileSync(path.join(place, 'victim/precious'), 'precious', { mode: 0o644 });
  }
  const file = writeFile(base, name, archive);
  const before = describeTree(base);
  const mimeType = guessMimeType(name) ?? '';
  let outcome: Outcome;
  try {
    const { digest, manifest } = await stores.digestArchive({ file, mimeType, extract: null, algorithm: 'sha256new' });
    const step = archiveStep(file, { mimeType });
    const added = await stores.add({ digests: [digest], steps: [step], limits });
    expect(await stores.verify(added.path)).toMatchObject({ isOk: true });
    for (const entry of await stores.list()) if (entry.kind === 'implementation') await stores.remove(entry);
    outcome = manifest
      .split('\n')
      .slice(0, -1)
      .map((line) => line.replace(/^([FX]) [0-9a-f]+ -?[0-9]+ [0-9]+ /, '$1 ').replace(/^S [0-9a-f]+ [0-9]+ /, 'S '));
  } catch (error) {
    if (!isAppError(error)) throw error;
    outcome = error.code;
  }
  expect(describeTree(base)).toEqual(before);
  expect(fs.existsSync('/tmp/zerodesk-canary')).toBe(false);
  return outcome;
}

const absolute = '/tmp/zerodesk-canary';
const x: TarEntry = { name: 'x', data: 'x' };

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

/** Adds with limits; the digest does not matter. */
async function limited(name: string, archive: Buffer, limits: Partial<UnpackLimits>): Promise<string> {
  const base = tempDir();
  const { stores, path: store } = openTestStore(base);
  const step = archiveStep(writeFile(base, name, archive), { mimeType: guessMimeType(name) ?? '' });
  const error: unknown = await stores
    .add({ digests: [noDigest], steps: [step], limits })
    .catch((thrown: unknown) => thrown);
  expect(fs.readdirSync(store)).toEqual([]);
  return isAppError(error) ? error.code : String(error);
}

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

describe('rpm', () => {
  const link = (name: string, target: string): CpioEntry => ({ name, data: target, mode: 0o120777 });

  it.each(['', '.gz', '.bz2', '.xz', '.lzma', '.zst'] as const)('with a payload%s', async (ending) => {
    const cpio = makeCpio(
      { name: './usr/bin/run', data: 'x', mode: 0o100755 },
      link('./usr/bin/l', '../x'),
      { name: './usr/empty', mode: 0o40755 },
      { name: './h1', inode: 9, linkCount: 3 },
      { name: './h2', inode: 9, linkCount: 3, data: 'shared' },
      { name: './h3', inode: 9, linkCount: 3 },
      { name: './e1', inode: 8, linkCount: 2 },
      { name: './e2', inode: 8, linkCount: 2 },
    );
    const expected = ['F e1', 'F e2', 'F h1', 'F h2', 'F h3', 'D /usr', 'D /usr/bin', 'S l', 'X run', 'D /usr/empty'];
    expect(await unpack('a.rpm', makeRpm(cpio, ending))).toEqual(expected);
  });

  it.each<[string, readonly CpioEntry[], Outcome]>([
    ['..', [{ name: '../victim/precious', data: 'x' }], 'archive-unsafe'],
    ['an absolute name', [{ name: absolute, data: 'x' }], ['D /tmp', 'F zerodesk-canary']],
    ['a file through a link', [link('l', '../victim'), { name: 'l/precious', data: 'x' }], 'archive-unsafe'],
    [
      'a hard link through a link',
      [
        link('l', '../victim'),
        { name: 'l/h', inode: 1, linkCount: 2 },
        { name: 'y', inode: 1, linkCount: 2, data: 'y' },
      ],
      'archive-unsafe',
    ],
    ['a device', [{ name: 'd', mode: 0o20644 }], 'archive-unsafe'],
    ['a newline', [{ name: 'a\nb' }], 'archive-unsafe'],
    ['a name that is not UTF-8', [{ name: Buffer.from([0xff]) }], 'archive-unsafe'],
    ['a name without an end', [{ name: '' }], 'archive-damaged'],
    ['special bits', [{ name: 's', mode: 0o107755 }], ['X s']],
    ['a size beyond its end', [{ name: 'x', size: 5000 }], 'archive-damaged'],
    ['a directory with data', [{ name: 'd', mode: 0o40755, data: 'x' }], 'archive-damaged'],
    ['a link too long', [link('l', 'x'.repeat(5000))], 'archive-limit'],
    ['a name too long', [{ name: 'x/'.repeat(3000) }], 'archive-limit'],
  ])('with %s', async (_what, entries, expected) => {
    expect(await unpack('a.rpm', makeRpm(makeCpio(...entries)))).toEqual(expected);
  });

  it('cut off, of another type, or followed by garbage is refused', async () => {
    const rpm = makeRpm(makeCpio({ name: 'x', data: 'x' }));
    for (const end of [0, 50, 100, 130, rpm.length - 5])
      expect(await unpack('a.rpm', rpm.subarray(0, end))).toBe('archive-damaged');
    expect(await unpack('a.rpm', makeTar(x))).toBe('archive-damaged');
    const garbage = Buffer.concat([makeCpio({ name: 'x', data: 'x' }), Buffer.from('garbage')]);
    expect(await unpack('a.rpm', makeRpm(garbage))).toBe('archive-damaged');
    // Zeros are padding, but not without end.
    const zeros = makeRpm(Buffer.concat([makeCpio({ name: 'x' }), Buffer.alloc(2_000_000)]));
    expect(await limited('a.rpm', zeros, { unpackedBytes: 1_000_000 })).toBe('archive-limit');
  });
});

describe('deb', () => {
  it.each<[string, Buffer, string]>([
    ['without data', makeAr({ name: 'debian-binary', data: Buffer.from('2.0\n') }), 'archive-damaged'],
    ['with data of an unknown kind', makeAr({ name: 'data.tar.foo', data: Buffer.from('x') }), 'archive-unsupported'],
    ['with a size that is none', makeAr({ name: 'x', data: Buffer.from('x'), size: '-5' }), 'archive-damaged'],
    [
      'with a size beyond its end',
      makeAr({ name: 'data.tar', data: Buffer.from('x'), size: '99999' }),
      'archive-damaged',
    ],
    [
      'with members without number',
      makeAr(...Array.from({ length: 200 }, () => ({ name: 'x', data: Buffer.alloc(0) }))),
      'archive-limit',
    ],
  ])('%s', async (_what, archive, code) => {
    expect(await unpack('a.deb', archive)).toBe(code);
  });
});

describe('gem', () => {
  it('without data, or with one that is not gzip, is refused', async () => {
    expect(await unpack('a.gem', makeTar(x))).toBe('archive-damaged');
    expect(await unpack('a.gem', makeTar({ name: 'data.tar.gz', data: makeTar(x) }))).toBe('archive-damaged');
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

describe('cab', () => {
  it.each<[string, readonly CabEntry[], Outcome]>([
    [
      'ordinary files',
      [
        { name: 'd\\x', data: 'x' },
        { name: 'é', data: 'yy' },
      ],
      ['F é', 'D /d', 'F x'],
    ],
    // Already cabextract takes the danger out of such names.
    ['..', [{ name: '..\\victim\\precious', data: 'x' }], ['D /xx', 'D /xx/victim', 'F precious']],
    ['.. the other way', [{ name: '../victim/precious', data: 'x' }], ['D /xx', 'D /xx/victim', 'F precious']],
    [
      'the same name twice',
      [
        { name: 'x', data: '1' },
        { name: 'x', data: '2' },
      ],
      ['F x'],
    ],
    [
      'a file and a directory of one name',
      [
        { name: 'x', data: '1' },
        { name: 'x\\y', data: '2' },
      ],
      'archive-unsafe',
    ],
    ['a size beyond its end', [{ name: 'x', data: 'x', size: 70_000 }], 'archive-damaged'],
  ])('with %s', async (_what, entries, expected) => {
    expect(await unpack('a.cab', makeCab(...entries))).toEqual(expected);
  });

  it('cut off or of another type is refused', async () => {
    const cab = makeCab({ name: 'x', data: 'x'.repeat(1000) });
    for (const end of [0, 30, 60, cab.length - 10])
      expect(await unpack('a.cab', cab.subarray(0, end))).toBe('archive-damaged');
    expect(await unpack('a.cab', makeZip([{ name: 'x' }]))).toBe('archive-damaged');
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

describe('msi', () => {
  const source = `<?xml version="1.0" encoding="utf-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Name="P" Id="*" UpgradeCode="87654321-1234-1234-1234-123456789abc" Language="1033" Version="1.0" Manufacturer="M">
    <Package InstallerVersion="200" Compressed="yes"/>
    <Media Id="1" Cabinet="p.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir"><Directory Id="APP" Name="@directory@">
      <Component Id="C1" Guid="12345678-1234-1234-1234-222222222222"><File Id="F1" Name="@name@" Source="x" KeyPath="yes"/></Component>
    </Directory></Directory>
    <Feature Id="F" Level="1"><ComponentRef Id="C1"/></Feature>
  </Product>
</Wix>`;

  function makeMsi(directoryName: string, name: string): Buffer {
    const directory = tempDir();
    fs.writeFileSync(path.join(directory, 'x'), 'content');
    fs.writeFileSync(
      path.join(directory, 'a.wxs'),
      source.replace('@directory@', directoryName).replace('@name@', name),
    );
    execFileSync('wixl', ['-o', 'a.msi', 'a.wxs'], { cwd: directory });
    return fs.readFileSync(path.join(directory, 'a.msi'));
  }

  it('gives the files their names and directories', async () => {
    expect(await unpack('a.msi', makeMsi('My App', 'read me.txt'))).toEqual(['D /My App', 'F read me.txt']);
  });

  it.each([
    ['a directory', '..', 'precious'],
    ['a file', 'app', '../../victim/precious'],
  ])('whose tables send %s elsewhere is refused', async (_what, directoryName, name) => {
    expect(await unpack('a.msi', makeMsi(directoryName, name))).toBe('archive-unsafe');
  });

  it('cut off or of another type is refused', async () => {
    const msi = makeMsi('app', 'x');
    for (const end of [0, 600, msi.length >> 1])
      expect(await unpack('a.msi', msi.subarray(0, end))).toBe('archive-damaged');
    expect(await unpack('a.msi', makeZip([{ name: 'x' }]))).toBe('archive-damaged');
  });
});

describe('dmg', () => {
  it('unpacks the files of the volume in it', async () => {
    const directory = tempDir();
    fs.mkdirSync(path.join(directory, 't/App.app'), { recursive: true });
    fs.writeFileSync(path.join(directory, 't/App.app/run'), 'x', { mode: 0o755 });
    fs.mkdirSync(path.join(directory, 't/.Trashes'));
    fs.writeFileSync(path.join(directory, 't/.Trashes/old'), 'x');
    fs.symlinkSync('/Applications', path.join(directory, 't/Applications'));
    execFileSync('genisoimage', ['-quiet', '-R', '-o', 'a.dmg', 't'], { cwd: directory });
    const image = fs.readFileSync(path.join(directory, 'a.dmg'));
    expect(await unpack('a.dmg', image)).toEqual(['S Applications', 'D /App.app', 'X run']);
    expect(await unpack('a.dmg', image.subarray(0, 20_000))).toBe('archive-damaged');
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
