import { describe, expect, it } from 'vitest';
import { findNotes, notesBetween } from '../../../../../electron/core/apps/release-notes.ts';

describe('the file that tells what is new', () => {
  it.each([
    [['README', 'CHANGES', 'NEWS'], 'CHANGES'],
    [['News.txt', 'a.c'], 'News.txt'],
    [['ChangeLog.md'], 'ChangeLog.md'],
    [['release-notes.rst'], 'release-notes.rst'],
    [['changes.sh', 'changelogs'], null],
    [[], null],
  ])('of %j is %j', (files, expected) => {
    expect(findNotes(files)).toBe(expected);
  });
});

describe('the part about an update', () => {
  const text = `# Changes

## 2.1 (2026-11-08)
- quicker than 2.0

## 2.0
- new

Version 1.9.1
* mended
`;
  it.each([
    ['2.0', '2.1', '## 2.1 (2026-11-08)\n- quicker than 2.0'],
    ['1.9.1', '2.1', '## 2.1 (2026-11-08)\n- quicker than 2.0\n\n## 2.0\n- new'],
    ['1.9', '2.0', '## 2.0\n- new\n\nVersion 1.9.1\n* mended'],
    [null, '1.9.1', 'Version 1.9.1\n* mended'],
    ['2.1', '2.2', null],
    ['1', '2', null],
  ])('from %j to %j', (from, to, expected) => {
    expect(notesBetween(text, from, to)).toBe(expected);
  });

  it('knows the headlines of others', () => {
    expect(notesBetween('memo (2.0-1) unstable\n\n  * all new\n', null, '2.0-1')).toContain('all new');
    expect(notesBetween('v3.1\r\nnew\r\n\r\nv3.0\r\n', '3.0', '3.1')).toBe('v3.1\nnew');
  });

  it('takes no version for one that it begins', () => {
    expect(notesBetween('2.0-rc1\nnearly\n', null, '2.0')).toBeNull();
    expect(notesBetween('12.0\n', null, '2.0')).toBeNull();
    expect(notesBetween('2.0.1\n', null, '2.0')).toBeNull();
  });

  it('has an end, whatever the file', () => {
    const long = `2.0\n${'x'.repeat(1_000_000)}`;
    expect(notesBetween(long, null, '2.0')?.length).toBeLessThan(9000);
    expect(notesBetween('2.0 '.repeat(1_000_000), null, '2.0')).toBeNull();
  });
});
