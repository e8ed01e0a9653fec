import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeAr, makeCab, makeCpio, makeRpm, type CabEntry, type CpioEntry } from '../helpers/make-packages.ts';
import { makeTar } from '../helpers/make-tar.ts';
import { makeZip } from '../helpers/make-zip.ts';
import { tempDir } from '../helpers/temp-dir.ts';
import { absolute, limited, unpack, x, type Outcome } from '../helpers/hostile-archive.ts';

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
