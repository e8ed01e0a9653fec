import { describe, expect, it } from 'vitest';
import { ArchiveProblems } from '../../../../../electron/adapters/archive/archive-problems.ts';
import { parseCabList } from '../../../../../electron/adapters/archive/listed/cabextract.ts';
import { msiPaths, parseMsiTable } from '../../../../../electron/adapters/archive/listed/msi-tables.ts';
import { parseSevenZipList } from '../../../../../electron/adapters/archive/listed/seven-zip.ts';

describe('the list of 7-Zip', () => {
  const head = ['7-Zip [64] 16.02', '', '--', 'Path = a.dmg', 'Type = Dmg', '----', 'Type = HFS', '', '----------'];
  const list = (...lines: readonly string[]) => parseSevenZipList([...head, ...lines].join('\n'));

  it('tells the formats, the outermost first', () => {
    expect(list().types).toEqual(['Dmg', 'HFS']);
    expect(list().members).toEqual([]);
  });

  it('tells members with mode, time and checksum', () => {
    const { members } = list(
      'Path = d',
      'Size = 0',
      'Modified = 2017-07-14 02:40:01.9999999',
      'Attributes = D drwxr-xr-x',
      'CRC = ',
      '',
      'Path = d/run',
      'Size = 10',
      'Modified = 2017-07-14 02:40:01',
      'Attributes = A_ -rwxr-xr-x',
      'CRC = 04FB9D1D',
      '',
    );
    expect(members).toMatchObject([
      { name: 'd', kind: 'directory', sizeBytes: 0, mtime: 1_500_000_001 },
      { name: 'd/run', kind: 'file', sizeBytes: 10, isExecutable: true, crc: 0x04fb9d1d, mtime: 1_500_000_001 },
    ]);
  });

  it('tells links by their mode or their target, and what is neither', () => {
    const { members } = list(
      ...['Path = l', 'Size = 4', 'Attributes = A lrwxrwxrwx', ''],
      ...['Path = m', 'Folder = -', 'Size = 0', 'Mode = lrwxrwxrwx', 'Symbolic Link = ../x', ''],
      ...['Path = f', 'Folder = -', 'Size = 3', 'Mode = -rw-r--r--', 'Symbolic Link = ', ''],
      ...['Path = p', 'Size = 0', 'Attributes = A prw-r--r--'],
    );
    expect(members).toMatchObject([
      { name: 'l', kind: 'link', target: null, sizeBytes: 4 },
      { name: 'm', kind: 'link', target: '../x', mtime: null },
      { name: 'f', kind: 'file', target: null },
      { name: 'p', kind: 'foreign' },
    ]);
  });

  it('of nothing has no members', () => {
    expect(parseSevenZipList('Path = x\n\nERROR')).toEqual({ types: [], members: [] });
  });
});

describe('the list of cabextract', () => {
  it('has sizes, times as GMT, and names with anything in them', () => {
    const text =
      ' File size | Date       Time     | Name\n-----+----\n         6 | 10.01.2008 21:20:02 | d/a | b \n\nAll done.\n';
    expect(parseCabList(text)).toMatchObject([{ name: 'd/a | b ', sizeBytes: 6, mtime: 1_200_000_002, kind: 'file' }]);
  });

  it('with a date that is none has no time', () => {
    expect(parseCabList('  6 | 00.00.1980 21:20:02 | x')).toMatchObject([{ mtime: null }]);
  });
});

describe('the tables of an installer', () => {
  const problems = new ArchiveProblems('a.msi');
  const table = (...rows: readonly string[]) => parseMsiTable(rows.join('\r\n'));
  const file = table(
    'File\tComponent_\tFileName',
    's72\ts72\tl255',
    'File\tFile',
    'f1\tc1\tREADME~1.TXT|read me.txt',
    '',
  );
  const component = table('Component\tDirectory_', 's72\ts72', 'Component\tComponent', 'c1\tBIN');
  const directory = (...rows: readonly string[]) =>
    table('Directory\tDirectory_Parent\tDefaultDir', 's', 'Directory', ...rows);

  it('give each file its long name and the directories of the source', () => {
    const rows = directory(
      'TARGETDIR\t\tSourceDir',
      'PF\tTARGETDIR\t.',
      'APP\tPF\tAPP~1|My App:x|Source App',
      'BIN\tAPP\tbin',
    );
    expect([...msiPaths({ file, component, directory: rows }, problems)]).toEqual([
      ['f1', 'Source App/bin/read me.txt'],
    ]);
  });

  it.each([
    ['in a circle', directory('BIN\tAPP\tbin', 'APP\tBIN\tapp')],
    ['nowhere', directory('BIN\tAPP\tbin')],
  ])('that lead %s are refused', (_where, rows) => {
    expect(() => msiPaths({ file, component, directory: rows }, problems)).toThrow('archive-damaged');
  });
});
