import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { formatChange, selectionChanges } from '../../../../../electron/core/selections/changes.ts';
import { formatTree } from '../../../../../electron/core/selections/format-tree.ts';
import { parseSelections } from '../../../../../electron/core/selections/parse.ts';
import { selectionsToXml } from '../../../../../electron/core/selections/to-xml.ts';
import type { Selections } from '../../../../../electron/core/selections/model.ts';
import { formatXml } from '../../../../../electron/core/xml/format.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';

const namespace = 'http://zero-install.sourceforge.net/2004/injector/interface';

function read(root: string, body: string): Selections {
  return parseSelections(parseXml(`<selections xmlns="${namespace}" ${root}>${body}</selections>`, { source: 'test' }));
}

function reasonOf(root: string, body: string): string {
  try {
    read(root, body);
  } catch (error) {
    if (error instanceof AppError && error.code === 'bad-selections')
      return (error.params as { reason: string }).reason;
    throw error;
  }
  return 'no error';
}

const tree = `
  <selection interface="https://example.com/a" id="/a" version="1">
    <command name="run" path="x"><requires interface="https://example.com/c"/><runner interface="https://example.com/b"/></command>
    <command name="zed" path="y"><requires interface="https://example.com/d"/></command>
    <requires interface="https://example.com/e" importance="recommended"/>
    <restricts interface="https://example.com/f"/>
    <requires interface="https://example.com/g"/>
  </selection>
  <selection interface="https://example.com/b" id="package:deb:b:2:*" version="2"/>
  <selection interface="https://example.com/c" id="sha1new=3" version="3"><requires interface="https://example.com/d"/></selection>
  <selection interface="https://example.com/d" id="/d" version="4" requires-compilation="true"/>
`;

describe('parseSelections', () => {
  it('reads kinds, digests and commands, in role order', () => {
    const { selections, command, isSource } = read(
      'interface="https://example.com/b" command="" source="false"',
      `<selection interface="https://example.com/b" id="sha1new=12" version="1" arch="*-src">
         <manifest-digest sha256new="ABC" sha1new="12"/></selection>
       <selection interface="https://example.com/b" id="/dir" version="1"/>
       <selection interface="https://example.com/a" id="x" version="1" local-path="/y" from-feed="/f.xml"/>`,
    );
    expect(command).toBeNull();
    expect(isSource).toBe(false);
    expect(
      selections.map((one) => [one.interface.slice(-1), one.isSource, one.kind, one.localPath, one.digests]),
    ).toEqual([
      ['a', false, 'local', '/y', []],
      ['b', false, 'local', '/dir', []],
      ['b', true, 'stored', null, ['sha1new=12', 'sha256new_ABC']],
    ]);
    expect(selections[0]?.fromFeed).toBe('/f.xml');
    expect(selections[1]?.fromFeed).toBe('https://example.com/b');
  });

  it('takes a program that has only source for source if the document does not say', () => {
    const source = '<selection interface="https://example.com/b" id="/s" version="1" arch="*-src"/>';
    expect(read('interface="https://example.com/b"', source).isSource).toBe(true);
    expect(read('interface="https://example.com/c"', source).isSource).toBe(false);
  });

  it('moves the commands of old documents to the program and its runner', () => {
    const old = read(
      'interface="https://example.com/p"',
      `<command path="s"><runner interface="https://example.com/q"/></command><command path="d"/>
       <selection interface="https://example.com/p" id="/p" version="1"/>
       <selection interface="https://example.com/q" id="/q" version="1"/>`,
    );
    expect(old.command).toBe('run');
    expect(old.selections.map((one) => one.children.map((child) => child.attributes))).toEqual([
      [{ path: 's', name: 'run' }],
      [{ path: 'd', name: 'run' }],
    ]);
  });

  it.each([
    ['', '', "Missing attribute 'interface' on <selections> at selections:1:1"],
    ['interface="/a"', '<selection interface="/a" version="1"/>', "Missing attribute 'id' on"],
    ['interface="/a"', '<selection interface="/a" id="x" version="1"/>', "No digests found for 'x': <selection>"],
    ['interface="/a"', '<command path="x"/>', "Missing selection for '/a' needed by <command>"],
    [
      'interface="/a"',
      '<command path="x"/><command path="x"/><selection interface="/a" id="/x" version="1"/>',
      'No additional command expected here!',
    ],
  ])('refuses %s %s', (root, body, reason) => {
    expect(reasonOf(root, body)).toContain(reason);
  });

  it('refuses another document', () => {
    const feed = parseXml(`<interface xmlns="${namespace}"/>`, { source: 'test' });
    expect(() => parseSelections(feed)).toThrow(AppError);
  });

  it('reads what selectionsToXml makes', () => {
    const first = read('interface="https://example.com/a" command="run" source="false"', tree);
    const again = parseXml(formatXml(selectionsToXml(first)), { source: 'test' });
    const plain = (selections: Selections) =>
      JSON.parse(
        JSON.stringify(selections, (key, value: unknown) => (key === 'line' || key === 'column' ? 0 : value)),
      ) as unknown;
    expect(plain(parseSelections(again))).toEqual(plain(first));
  });
});

describe('formatTree', () => {
  it('prints each role once, commands first, as the reference does', () => {
    const selections = read('interface="https://example.com/a" command="run"', tree);
    const text = formatTree(selections, ({ kind, localPath }) => (kind === 'local' ? localPath : null));
    expect(text).toBe(`- URI: https://example.com/a
  Version: 1
  Path: /a
  
  - URI: https://example.com/d
    Version: 4 (requires compilation)
    Path: /d
  
  - URI: https://example.com/c
    Version: 3
    Path: (not cached)
  
  - URI: https://example.com/b
    Version: 2
    Path: (package:deb:b:2:*)
  
  - URI: https://example.com/g
    No selected version
`);
  });
});

describe('selectionChanges', () => {
  it('lists gone, changed and new roles', () => {
    const before = read(
      'interface="/a"',
      `<selection interface="/a" id="/1" version="1"/><selection interface="/b" id="/1" version="1"/>
       <selection interface="/c" id="/1" version="1"/>`,
    );
    const after = read(
      'interface="/a"',
      `<selection interface="/a" id="/2" version="2"/><selection interface="/b" id="/2" version="1"/>
       <selection interface="/d" id="/1" version="3" arch="*-src"/>`,
    );
    expect(selectionChanges(before, after).map(formatChange)).toEqual([
      '/a: 1 -> 2',
      'No longer used: /c',
      '/d#source: new -> 3',
    ]);
    expect(selectionChanges(before, before)).toEqual([]);
  });
});
