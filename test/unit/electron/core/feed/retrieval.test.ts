import { describe, expect, it } from 'vitest';
import type { RetrievalMethod } from '../../../../../electron/core/feed/model.ts';
import { guessMimeType } from '../../../../../electron/core/feed/mime-types.ts';
import { implementationOf, remoteFeed } from '../../../../helpers/feed.ts';

const read = (content: string): readonly RetrievalMethod[] =>
  implementationOf(remoteFeed(`<implementation id="a" version="1">${content}</implementation>`)).retrievalMethods;

describe('retrieval methods', () => {
  it('are read in order, other elements left out', () => {
    expect(
      read(`<manifest-digest sha256new="X"/><x:archive xmlns:x="urn:x"/>
        <archive href="h" size="9" extract="e" dest="d" type="t" start-offset="5"/>
        <file href="h" size="0" dest="d" executable="true"/><unknown/>
        <recipe><archive href="h" size="1"/><rename source="s" dest="d"/><remove path="p"/><x:y xmlns:x="urn:x"/>
          <file href="h" size="1" dest="d"/><copy-from id="i" dest="d"/></recipe>`),
    ).toEqual([
      { type: 'archive', href: 'h', sizeBytes: 9, extract: 'e', dest: 'd', mimeType: 't', startOffset: 5 },
      { type: 'file', href: 'h', sizeBytes: 0, dest: 'd', executable: true },
      {
        type: 'recipe',
        steps: [
          { type: 'archive', href: 'h', sizeBytes: 1, extract: null, dest: null, mimeType: null, startOffset: 0 },
          { type: 'rename', source: 's', dest: 'd' },
          { type: 'remove', path: 'p' },
          { type: 'file', href: 'h', sizeBytes: 1, dest: 'd', executable: false },
          { type: 'copy-from', id: 'i', source: null, dest: 'd' },
        ],
      },
    ]);
  });

  it('keep a recipe with an unknown step, which cannot be used', () => {
    expect(read('<recipe><archive href="h" size="1"/><explode/></recipe>')).toMatchObject([
      { type: 'unusable', isFatal: false, reason: expect.stringContaining('<explode>') as string },
    ]);
  });

  it.each([
    ['<archive href="h"/>', "Missing attribute 'size' on <archive> at "],
    ['<archive size="1"/>', "Missing attribute 'href' on <archive> at "],
    ['<archive href="h" size="1e3"/>', "Invalid size '1e3'"],
    ['<archive href="h" size="-1"/>', "Invalid size '-1'"],
    ['<archive href="h" size="99999999999999999999"/>', "Invalid size '99999999999999999999'"],
    ['<archive href="h" size="9007199254740993"/>', "Invalid size '9007199254740993'"],
    ['<archive size="1" start-offset="x"/>', "Invalid offset 'x'"],
    ['<file href="h" size="1"/>', "Missing attribute 'dest' on <file> at "],
    ['<file href="h" size="1" dest="d" executable="yes"/>', "Invalid 'executable' value 'yes' on <file> at "],
    ['<recipe><rename/></recipe>', "Missing attribute 'dest' on <rename> at "],
    ['<recipe><remove/></recipe>', "Missing attribute 'path' on <remove> at "],
    ['<recipe><copy-from/></recipe>', "Missing attribute 'id' on <copy-from> at "],
  ])('with a mistake stay, but cannot be used: %s', (content, reason) => {
    const [method] = read(content);
    expect(method).toMatchObject({ type: 'unusable', isFatal: true });
    expect(method).toHaveProperty('reason', expect.stringContaining(reason) as string);
  });
});

describe('digests', () => {
  it('come from the id and the elements, an exact repetition once', () => {
    const feed = remoteFeed(`<implementation id="sha1new=ab=c" version="1">
      <manifest-digest sha1new="ab=c" sha256="d" new="e" x:sha1="f" xmlns:x="urn:x"/><manifest-digest sha256new="G"/></implementation>`);
    expect(implementationOf(feed).digests.map((digest) => digest.directory)).toEqual([
      ...['sha1new=ab=c', 'sha256=d', 'new_e', 'sha256new_G'],
    ]);
  });

  it('do not come from ids of other forms', () => {
    for (const id of ['sha256new_ABC', 'md5=1', '=x', 'plain']) {
      expect(implementationOf(remoteFeed(`<implementation id="${id}" version="1"/>`)).digests).toEqual([]);
    }
  });
});

describe('guessMimeType', () => {
  it.each([
    ['https://x/a.tar.gz', 'application/x-compressed-tar'],
    ['A.TGZ', 'application/x-compressed-tar'],
    ['a.tar', 'application/x-tar'],
    ['a.tar.zst', 'application/x-zstd-compressed-tar'],
    ['a.tlz', 'application/x-lzma-compressed-tar'],
    ['a.zip', 'application/zip'],
    ['a.zip?x=1', null],
    ['a.gz', null],
    ['tar', null],
  ])('%s', (href, type) => {
    expect(guessMimeType(href)).toBe(type);
  });
});
