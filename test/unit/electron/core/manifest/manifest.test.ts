import { describe, expect, it } from 'vitest';
import {
  bestDigest,
  parseDigestInput,
  parseDigestName,
  toBase32,
  toDigestName,
} from '../../../../../electron/core/manifest/digest-name.ts';
import { compareNames, nameProblem, sortNames } from '../../../../../electron/core/manifest/entry-name.ts';
import { parseManifest, sizeFromManifest } from '../../../../../electron/core/manifest/parse-manifest.ts';
import { printManifest } from '../../../../../electron/core/manifest/print-manifest.ts';
import type { TreeDirectory, TreeEntry } from '../../../../../electron/core/manifest/tree.ts';
import { manifestDifferences, verifyReport } from '../../../../../electron/core/manifest/verify-report.ts';

const hex40 = 'da39a3ee5e6b4b0d3255bfef95601890afd80709';
const hex64 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const base32 = '4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ';

function directory(entries: Readonly<Record<string, TreeEntry>>, mtime = 7): TreeDirectory {
  return { type: 'directory', mtime, entries: new Map(Object.entries(entries)) };
}
function file(sizeBytes = 1, isExecutable = false): TreeEntry {
  return { type: 'file', hash: hex40, mtime: 5, sizeBytes, isExecutable };
}
const parse = (text: string): TreeDirectory =>
  parseManifest(new TextEncoder().encode(text), 'sha1new', { source: 'm' });

describe('digest names', () => {
  it.each([
    [`sha1=${hex40}`, 'sha1'],
    [`sha1new=${hex40}`, 'sha1new'],
    [`sha256=${hex64}`, 'sha256'],
    [`sha256new_${base32}`, 'sha256new'],
  ])('reads %s', (name, algorithm) => {
    expect(parseDigestName(name)).toMatchObject({ algorithm, directory: name });
  });

  it.each([
    'sha256=../../x',
    `sha1=${hex40}0`,
    `sha1=${hex40.toUpperCase()}`,
    `sha1new_${hex40}`,
    `sha256=${hex40}`,
    `sha256new=${base32}`,
    `sha256new_${base32.toLowerCase()}`,
    `sha256new_${base32.slice(1)}`,
    `sha256new_${base32}\n`,
    `sha1=${hex40}/..`,
    `md5=${hex40}`,
    `constructor=${hex40}`,
    '',
    'tmp-1a',
  ])('refuses %j', (name) => {
    expect(parseDigestName(name)).toBeNull();
  });

  it('takes sha256new= from a person only', () => {
    expect(parseDigestInput(`sha256new=${base32}`).directory).toBe(`sha256new_${base32}`);
    expect(() => parseDigestInput('sha256new=../x')).toThrow('bad-digest');
  });

  it('chooses the best algorithm, the first of two equal ones', () => {
    const names = [`sha1=${hex40}`, `sha256=${hex64}`, `sha1new=${hex40}`, `sha256=${'0'.repeat(64)}`, 'blake=1'];
    expect(bestDigest(names)?.directory).toBe(`sha256=${hex64}`);
    expect(bestDigest([...names, `sha256new_${base32}`])?.algorithm).toBe('sha256new');
    expect(bestDigest(['blake=1'])).toBeNull();
  });

  it('writes base32 without padding', () => {
    expect(toBase32(Uint8Array.of(0, 0xff, 0x10, 0x80, 0x7f))).toBe('AD7RBAD7');
    expect(toBase32(Uint8Array.of(0xf0))).toBe('6A');
    expect(toDigestName('sha256new', Buffer.from(hex64, 'hex'))).toBe(`sha256new_${base32}`);
    expect(toDigestName('sha1new', Buffer.from(hex40, 'hex'))).toBe(`sha1new=${hex40}`);
  });
});

describe('names', () => {
  it('sorts by UTF-8 bytes', () => {
    const names = ['\u{1f600}', '\uff5e', 'b', 'a', 'B', '\ud7ff', '\ue000', '\u{10ffff}', 'é', 'e\u0301', '', 'ab'];
    const expected = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(sortNames([...names])).toEqual(expected);
    expect([...names].sort(compareNames)).toEqual(expected);
  });

  it.each(['', '.', '..', 'a/b', 'a\nb', 'a\0b', 'a\ud800'])('refuses %j everywhere', (name) => {
    expect(nameProblem(name)).not.toBeNull();
  });

  it.each(['con', 'NUL.txt', 'com1', 'LPT9.a.b', 'a:b', 'a\\b', 'a.', 'a ', 'a?', 'a\u0001', 'COM¹', 'nul .txt'])(
    'refuses %j on Windows only',
    (name) => {
      expect(nameProblem(name)).toBeNull();
      expect(nameProblem(name, 'windows')).not.toBeNull();
    },
  );

  it.each(['console', 'com', 'com10', ' a', '.a', 'é', '\u{1f600}', '\ufffd'])('allows %j everywhere', (name) => {
    expect(nameProblem(name, 'windows')).toBeNull();
  });
});

describe('printing manifests', () => {
  const tree = directory({
    sub: directory({ x: file() }),
    zz: file(0, true),
    link: { type: 'link', hash: hex40, sizeBytes: 3 },
    '.manifest': file(),
    a: directory({ '.manifest': file() }),
  });

  it('lists files before directories in the new format', () => {
    expect(printManifest(tree, 'new').split('\n')).toEqual([
      `S ${hex40} 3 link`,
      `X ${hex40} 5 0 zz`,
      'D /a',
      `F ${hex40} 5 1 .manifest`,
      'D /sub',
      `F ${hex40} 5 1 x`,
      '',
    ]);
  });

  it('lists everything in one sequence, with times of directories, in the old one', () => {
    expect(printManifest(tree, 'old').split('\n')).toEqual([
      'D 7 /a',
      `F ${hex40} 5 1 .manifest`,
      `S ${hex40} 3 link`,
      'D 7 /sub',
      `F ${hex40} 5 1 x`,
      `X ${hex40} 5 0 zz`,
      '',
    ]);
  });

  it('is empty for the empty tree', () => {
    expect(printManifest(directory({}), 'new')).toBe('');
  });

  it('refuses a name with a newline', () => {
    expect(() => printManifest(directory({ [`x\nF ${hex40} 6 3 y`]: file() }), 'new')).toThrow('tree-illegal');
    expect(() => printManifest(directory({ 'a\nb': directory({}) }), 'old')).toThrow('tree-illegal');
  });
});

describe('reading manifests', () => {
  const good = [`X ${hex40} -5 0  b `, `F ${hex40} 5 1 a`, 'D /d', `S ${hex40} 3 D x`, 'D /d/e', 'D /f', ''].join('\n');

  it('gives the same text again', () => {
    expect(printManifest(parse(good), 'new')).toBe(good);
    expect(parse('').entries.size).toBe(0);
  });

  it.each([
    ['no newline at the end', `F ${hex40} 5 1 a`],
    ['a slash in a name', `F ${hex40} 5 1 a/b\n`],
    ['..', `F ${hex40} 5 1 ..\n`],
    ['.', 'D /.\n'],
    ['.manifest at the top', `F ${hex40} 5 1 .manifest\n`],
    ['a directory before its parent', 'D /a/b\nD /a\n'],
    ['a directory without a slash', 'D a\n'],
    ['an empty component', 'D /a\nD /a//b\n'],
    ['wrong order', `F ${hex40} 5 1 b\nF ${hex40} 5 1 a\n`],
    ['files after directories', `D /a\nD /b\nF ${hex40} 5 1 x\nD /a/c\n`],
    ['a name twice', `F ${hex40} 5 1 a\nF ${hex40} 5 1 a\n`],
    ['a directory twice', 'D /a\nD /a\n'],
    ['a file and a directory of one name', `F ${hex40} 5 1 a\nD /a\n`],
    ['hexadecimal numbers', `F ${hex40} 0x10 1 a\n`],
    ['underscores in numbers', `F ${hex40} 1_000 1 a\n`],
    ['exponents', `F ${hex40} 1e9 1 a\n`],
    ['leading zeros', `F ${hex40} 05 1 a\n`],
    ['minus zero', `F ${hex40} -0 1 a\n`],
    ['a negative size', `F ${hex40} 5 -1 a\n`],
    ['a number beyond exactness', `F ${hex40} 5 9007199254740993 a\n`],
    ['upper-case hash', `F ${hex40.toUpperCase()} 5 1 a\n`],
    ['a hash of another length', `F ${hex64} 5 1 a\n`],
    ['an old-format directory', 'D 5 /a\n'],
    ['an unknown line', `Q ${hex40} 5 1 a\n`],
    ['an empty line', '\n'],
    ['CRLF', `F ${hex40} 5 1 a\r\nF ${hex40} 5 1 \r\n\n`],
    ['NUL', `F ${hex40} 5 1 a\0\n`],
    ['a byte-order mark', `\ufeffF ${hex40} 5 1 a\n`],
  ])('refuses %s', (_what, text) => {
    expect(() => parse(text)).toThrow('tree-illegal');
  });

  it('refuses what is not UTF-8', () => {
    const bytes = Buffer.from(`F ${hex40} 5 1 a\xe9\n`, 'latin1');
    expect(() => parseManifest(bytes, 'sha1new', { source: 'm' })).toThrow('not UTF-8');
  });

  it('checks names for the system that asks', () => {
    const bytes = Buffer.from(`F ${hex40} 5 1 nul\n`);
    expect(() => parseManifest(bytes, 'sha1new', { source: 'm', nameRules: 'windows' })).toThrow('Windows device');
  });

  it('adds up files but not links', () => {
    expect(sizeFromManifest(`F ${hex40} 5 10 a\nX ${hex40} 5 7 b\nD 5 /d\nS ${hex40} 3 l\n`)).toBe(17);
    expect(sizeFromManifest('rubbish\n')).toBeNull();
  });
});

describe('reports', () => {
  it('sorts differences by path, the top before all directories', () => {
    const recorded = `F ${hex40} 5 1 gone\nF ${hex40} 5 1 zz\nD /a\nF ${hex40} 5 1 x\nD /a/deep\nD /a b\n`;
    const actual = `F ${hex40} 6 1 zz\nD /a\nX ${hex40} 5 1 x\nD /a/deep\nD /a b\nF ${hex40} 5 1 y\nD /new\n`;
    expect(manifestDifferences(recorded, actual)).toEqual([
      `- F ${hex40} 5 1 gone`,
      `- F ${hex40} 5 1 zz`,
      `+ F ${hex40} 6 1 zz`,
      `+ F ${hex40} 5 1 y`,
      `- F ${hex40} 5 1 x`,
      `+ X ${hex40} 5 1 x`,
      '+ D /new',
    ]);
    expect(manifestDifferences(actual, actual)).toEqual([]);
  });

  it('says which digest is whose', () => {
    const report = verifyReport({
      expected: 'E',
      actual: 'A',
      recorded: 'R',
      actualManifest: '',
      recordedManifest: '',
    });
    expect(report.split('\n').slice(0, 4)).toEqual([
      'Cached item does NOT verify:',
      'E (expected digest)',
      'A (actual contents)',
      'R (recorded in .manifest)',
    ]);
  });

  it('ends after ten thousand lines', () => {
    const recorded = Array.from({ length: 12_000 }, (_, index) => `F ${hex40} 5 1 ${index}\n`).join('');
    expect(manifestDifferences(recorded, '')).toHaveLength(10_001);
  });
});
