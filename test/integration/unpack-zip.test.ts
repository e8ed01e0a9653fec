import { describe, expect, it } from 'vitest';
import { makeZip, type ZipMember } from '../helpers/make-zip.ts';
import { listing, unpackFailure as failure } from '../helpers/unpack-bench.ts';

describe('zip', () => {
  const big = Buffer.alloc(3_000_000, 'some text ');

  it('unpacks large and small members, stored and deflated', async () => {
    const members: readonly ZipMember[] = [
      { name: 'd/', data: '', mode: 0o40755 },
      { name: 'd/stored', data: big, mode: 0o100755 },
      { name: 'd/deflated', data: big, isDeflated: true },
      { name: 'small', data: 'x', isDeflated: true },
      { name: 'empty', data: '', isDeflated: true },
      { name: 'none', data: '' },
      { name: 'link', data: '/anywhere', mode: 0o120777 },
      { name: 'dos.exe', data: 'x', mode: null },
    ];
    const expected = ['F dos.exe', 'F empty', 'S link', 'F none', 'F small', 'D /d', 'F deflated', 'X stored'];
    expect(await listing('a.zip', makeZip(members))).toEqual(expected);
    expect(await listing('a.zip', makeZip(members, { comment: 'PK\x05\x06 not the end' }))).toEqual(expected);
    // Positions that count what is in front are as clear as without it.
    const prefix = Buffer.from('#!/bin/sh\n');
    expect(await listing('a.zip', makeZip(members, { prefix, isCounted: true }))).toEqual(expected);
  });

  it.each<[string, Buffer]>([
    ['names that differ in header and directory', makeZip([{ name: 'a', localName: 'b' }])],
    ['a wrong checksum', makeZip([{ name: 'a', data: 'x', crc: 5 }])],
    ['a wrong checksum of a large member', makeZip([{ name: 'a', data: big, isDeflated: true, crc: 5 }])],
    ['a member that is larger than it says', makeZip([{ name: 'a', data: big, isDeflated: true, sizeBytes: 10 }])],
    [
      'a large member that is larger than it says',
      makeZip([{ name: 'a', data: big, isDeflated: true, sizeBytes: 2e6 }]),
    ],
    ['a member that is smaller than it says', makeZip([{ name: 'a', data: 'x', isDeflated: true, sizeBytes: 10 }])],
    ['a stored member of two sizes', makeZip([{ name: 'a', data: 'x', sizeBytes: 10 }])],
    [
      'shared data',
      makeZip([
        { name: 'a', data: 'xyz' },
        { name: 'a', data: 'xyz', position: 0 },
      ]),
    ],
    ['something in front', makeZip([{ name: 'a' }], { prefix: Buffer.from('x') })],
    ['something behind', Buffer.concat([makeZip([{ name: 'a' }]), Buffer.from('x')])],
    ['no end', makeZip([{ name: 'a' }]).subarray(0, -1)],
    ['a directory with data', makeZip([{ name: 'd/', data: 'x', mode: 0o40755 }])],
    ['a position behind the end', makeZip([{ name: 'a', position: 5000 }])],
    ['a member without a name', makeZip([{ name: '' }])],
    ['nothing', Buffer.alloc(0)],
  ])('with %s is refused', async (_what, archive) => {
    expect(await failure(archive, 'a.zip')).toContain('archive-damaged');
  });

  it.each<[string, Buffer]>([
    ['a named pipe', makeZip([{ name: 'p', mode: 0o10644 }])],
    ['a directory without a slash', makeZip([{ name: 'd', mode: 0o40755 }])],
    ['an absolute name', makeZip([{ name: '/a' }])],
    ['..', makeZip([{ name: 'a/../b' }])],
    ['a member below a link', makeZip([{ name: 'l', data: '.', mode: 0o120777 }, { name: 'l/x' }])],
    ['a file over a directory', makeZip([{ name: 'd/' }, { name: 'd' }])],
    ['a directory over a file', makeZip([{ name: 'd' }, { name: 'd/' }])],
    ['NUL in a name', makeZip([{ name: 'a\0b' }])],
  ])('with %s is refused as unsafe', async (_what, archive) => {
    expect(await failure(archive, 'a.zip')).toContain('archive-unsafe');
  });

  it.each<[string, Buffer]>([
    ['bzip2', makeZip([{ name: 'a', method: 12 }])],
    ['an unknown method', makeZip([{ name: 'a', method: 99 }])],
    ['encryption', makeZip([{ name: 'a', flags: 1 }])],
  ])('with %s is not supported', async (_what, archive) => {
    expect(await failure(archive, 'a.zip')).toContain('archive-unsupported');
  });
});
