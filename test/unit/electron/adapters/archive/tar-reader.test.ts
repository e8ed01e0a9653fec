import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArchiveProblems } from '../../../../../electron/adapters/archive/archive-problems.ts';
import { TarReader, type TarMember } from '../../../../../electron/adapters/archive/tar/tar-reader.ts';
import { longName, makeTar, pax, seal, tarMember, type TarEntry } from '../../../../helpers/make-tar.ts';

interface Found {
  readonly kind: TarMember['kind'];
  readonly name: string;
  readonly link: string;
  readonly mtime: number;
  readonly data: string;
}

/** Reads an archive in pieces of one size. */
function read(archive: Buffer, pieceBytes = archive.length || 1): readonly Found[] {
  const found: Found[] = [];
  let pieces: Buffer[] = [];
  const add = (member: TarMember, data: Buffer): void => {
    const { kind, name, linkName, mtime } = member;
    found.push({ kind, name: name.toString(), link: linkName.toString(), mtime, data: data.toString('latin1') });
  };
  const reader = new TarReader(
    {
      whole: add,
      begin: () => {
        pieces = [];
      },
      data: (piece) => pieces.push(Buffer.from(piece)),
      end: (member) => add(member, Buffer.concat(pieces)),
    },
    new ArchiveProblems('t'),
  );
  for (let at = 0; at < archive.length; at += pieceBytes) {
    // A copy each time, overwritten afterwards, as real sources use one buffer again.
    const piece = Buffer.from(archive.subarray(at, at + pieceBytes));
    reader.push(piece);
    piece.fill(0xaa);
  }
  reader.finish();
  return found;
}

const names = (archive: Buffer): readonly string[] => read(archive).map(({ name }) => name);
const x: TarEntry = { name: 'x', data: 'x' };

describe('tar archives in pieces', () => {
  const folder = path.join(import.meta.dirname, '../../../../fixtures/conformance/archives');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tar'));

  it.each(files)('%s reads the same whatever the pieces', (name) => {
    const archive = readFileSync(path.join(folder, name));
    const attempt = (pieceBytes: number): unknown => {
      try {
        return read(archive, pieceBytes);
      } catch (error) {
        return error instanceof Error ? error.message : error;
      }
    };
    const whole = attempt(Math.max(1, archive.length));
    for (const pieceBytes of [1, 7, 511, 512, 513, 1024, 4099]) expect(attempt(pieceBytes)).toEqual(whole);
  });
});

describe('names and attributes', () => {
  it('joins the prefix of ustar headers, not that of others', () => {
    expect(names(makeTar({ ...x, prefix: 'a/b' }, { ...x, prefix: 'no', magic: 'ustar  \0' }))).toEqual(['a/b/x', 'x']);
  });

  it('takes names of any length from GNU and pax headers', () => {
    const long = `${'d'.repeat(99)}/`.repeat(5) + 'é';
    expect(names(makeTar(longName(long), x, pax({ path: long }), x, x))).toEqual([long, long, 'x']);
    const link = { name: 'l', type: '2', link: 'short' };
    expect(read(makeTar(longName(long, 'K'), link, pax({ linkpath: long }), link)).map((found) => found.link)).toEqual([
      long,
      long,
    ]);
  });

  it('keeps a newline in a pax value, so that it can be refused', () => {
    expect(names(makeTar(pax({ path: 'a\nb' }), x))).toEqual(['a\nb']);
  });

  it('cuts times toward zero and takes global ones for all', () => {
    const archive = makeTar(
      pax({ mtime: '-1.9' }),
      x,
      pax({ mtime: '-0.5' }),
      x,
      pax({ mtime: '1234567890.999999999' }),
      x,
      pax({ mtime: '7' }, 'g'),
      x,
      pax({ mtime: '8' }),
      x,
      { ...x, mtime: -5 },
    );
    expect(read(archive).map(({ mtime }) => mtime)).toEqual([-1, 0, 1234567890, 7, 8, 7]);
  });

  it('reads a negative and a large time from the header', () => {
    expect(read(makeTar({ ...x, mtime: -5 }, { ...x, mtime: 2 ** 32 })).map(({ mtime }) => mtime)).toEqual([
      -5,
      2 ** 32,
    ]);
  });

  it('takes the size from pax', () => {
    expect(read(makeTar(pax({ size: '3' }), { name: 'a', data: 'abc', size: 0 }, x))).toMatchObject([
      { name: 'a', data: 'abc' },
      { name: 'x' },
    ]);
  });

  it('knows that links and directories have no data, whatever they say', () => {
    const archive = makeTar(
      { name: 'h', type: '1', link: 'x', size: 9 },
      { name: 's', type: '2', link: 'x', size: 9 },
      { name: 'd', type: '5', size: 9 },
      x,
    );
    expect(read(archive).map(({ kind }) => kind)).toEqual(['hard-link', 'link', 'directory', 'file']);
  });

  it('takes an ordinary member with a slash for a directory', () => {
    expect(read(makeTar({ name: 'd/' }, { name: 'e/', type: '\0' })).map(({ kind }) => kind)).toEqual([
      'directory',
      'directory',
    ]);
  });
});

describe('sparse files', () => {
  it('of pax format 0.1 are read', () => {
    const v0 = pax({
      'GNU.sparse.major': '0',
      'GNU.sparse.map': '0,1,1001,2',
      'GNU.sparse.size': '2000',
      'GNU.sparse.name': 'n',
    });
    const found: TarMember[] = [];
    const reader = new TarReader(
      { whole: () => {}, begin: (member) => found.push(member), data: () => {}, end: () => {} },
      new ArchiveProblems('t'),
    );
    reader.push(makeTar(v0, { name: 'GNUSparseFile.1/n', data: 'abc' }));
    reader.finish();
    expect(found).toMatchObject([
      {
        sparse: {
          sizeBytes: 2000,
          parts: [
            { offset: 0, length: 1 },
            { offset: 1001, length: 2 },
          ],
        },
      },
    ]);
    expect(found[0]?.name.toString()).toBe('n');
  });

  it.each([
    ['out of order', '5,1,0,1'],
    ['overlapping', '0,2,1,1'],
    ['beyond the end', '0,1,1999,2'],
    ['of another size', '0,1,1001,1'],
    ['odd', '0,1,1001'],
    ['malformed', '0,1,0x5,2'],
  ])('with parts that are %s are refused', (_what, map) => {
    const records = { 'GNU.sparse.major': '0', 'GNU.sparse.map': map, 'GNU.sparse.size': '2000' };
    expect(() => read(makeTar(pax(records), { name: 'n', data: 'abc' }))).toThrow('archive-damaged');
  });

  it('of format 1.0 with a lying map are refused', () => {
    const records = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '10' };
    for (const map of ['1\n0\n600\n', '2\n0\n1\n0\n1\n', '-1\n', 'x\n', '9'.repeat(700), '1\n0\n1\n']) {
      const data = Buffer.alloc(1024);
      data.write(map);
      expect(() => read(makeTar(pax(records), { name: 'n', data }))).toThrow('archive-');
    }
  });
});

describe('damaged and foreign archives', () => {
  const good = makeTar(x, { name: 'y', data: 'y'.repeat(2000) });

  it('cut off anywhere but between members are refused', () => {
    for (let length = 1; length < 512 * 7; length += 100) {
      const isBetween = length % 512 === 0 && [0, 1024].includes(length);
      if (!isBetween) expect(() => read(good.subarray(0, length)), String(length)).toThrow('archive-damaged');
    }
    expect(read(good.subarray(0, 1024))).toHaveLength(1);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('hello '.repeat(200))],
    ['gzip', Buffer.concat([Buffer.from([0x1f, 0x8b, 8]), Buffer.alloc(1000)])],
    ['zstd', Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), Buffer.alloc(1000)])],
    ['something behind the end', Buffer.concat([good, Buffer.from('x')])],
    ['another archive behind the end', Buffer.concat([good, good])],
    ['a member behind one empty block', Buffer.concat([tarMember(x), Buffer.alloc(512), good])],
    ['attributes for no member', makeTar(x, pax({ path: 'y' }))],
    ['one path for all members', makeTar(pax({ path: 'y' }, 'g'), x)],
    ['a malformed attribute', makeTar({ name: 'p', type: 'x', data: '12 path=y' }, x)],
    ['an attribute of length zero', makeTar({ name: 'p', type: 'x', data: '0 path=y\n' }, x)],
    ['an attribute without a name', makeTar({ name: 'p', type: 'x', data: '6 =yy\n' }, x)],
    ['an impossible time', makeTar(pax({ mtime: '99999999999999' }), x)],
    ['a malformed time', makeTar(pax({ mtime: '1e5' }), x)],
    ['a negative size', makeTar(pax({ size: '-1' }), x)],
  ])('%s is refused', (_what, archive) => {
    expect(() => read(archive)).toThrow('archive-damaged');
  });

  it('refuses a base-256 size that is negative or huge', () => {
    for (const first of [0xff, 0x81]) {
      const block = Buffer.from(tarMember({ name: 'x' }));
      block.fill(0xff, 124, 136);
      block[124] = first;
      expect(() => read(Buffer.concat([seal(block), Buffer.alloc(1024)]))).toThrow('impossible size');
    }
  });

  it('refuses attributes that fill the memory', () => {
    expect(() => read(tarMember({ name: 'p', type: 'x', size: 2 ** 31 }))).toThrow('archive-limit');
    expect(() => read(tarMember({ name: 'p', type: 'L', size: 2 ** 33 - 1 }))).toThrow('archive-limit');
  });

  it('accepts checksums of signed bytes', () => {
    const block = Buffer.from(tarMember({ name: 'é' }));
    const unsigned = Number.parseInt(block.toString('latin1', 148, 154), 8);
    block.write(`${(unsigned - 2 * 256).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(names(Buffer.concat([block, Buffer.alloc(1024)]))).toEqual(['é']);
  });
});
