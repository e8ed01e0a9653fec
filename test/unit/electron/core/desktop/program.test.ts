import { describe, expect, it } from 'vitest';
import { menuCategories } from '../../../../../electron/core/desktop/categories.ts';
import { entryNames } from '../../../../../electron/core/desktop/file-names.ts';
import { programOf } from '../../../../helpers/desktop-program.ts';

describe('what a desktop shows of a program', () => {
  it('is in every language that the feed has', () => {
    const { name, summary } = programOf(
      `<summary>notes</summary><summary xml:lang="de">Notizen</summary><summary xml:lang="pt-BR">notas</summary>
       <entry-point command="run"><name>Memo</name><name xml:lang="de_AT.UTF-8">Merker</name></entry-point>`,
    );
    expect(name).toEqual({ text: 'Memo', translations: new Map([['de_AT', 'Merker']]) });
    expect(summary).toEqual({
      text: 'notes',
      translations: new Map([
        ['de', 'Notizen'],
        ['pt_BR', 'notas'],
      ]),
    });
  });

  it('has a text for everybody even if none is English', () => {
    expect(programOf('<summary xml:lang="de">Notizen</summary>').summary.text).toBe('Notizen');
    expect(programOf('<entry-point command="run"><name xml:lang="de">Merker</name></entry-point>').name.text).toBe(
      'App',
    );
  });

  it('is bounded: hundreds of languages, endless names', () => {
    const many = Array.from({ length: 700 }, (_, index) => {
      const letters = String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26));
      return `<summary xml:lang="${letters}">${'s'.repeat(10_000)}</summary>`;
    });
    const { summary, name } = programOf(`${many.join('')}<name>${'n'.repeat(100_000)}</name>`);
    expect(summary.translations.size).toBeLessThanOrEqual(100);
    expect(Math.max(...[...summary.translations.values()].map((text) => text.length))).toBe(500);
    expect(name.text).toHaveLength(200);
  });

  it('takes no language that is not one', () => {
    const { summary } = programOf(
      '<summary xml:lang="x]&#10;Exec=rm">a</summary><summary xml:lang="toolong">b</summary>',
    );
    expect([...summary.translations.keys()]).toEqual([]);
  });

  it('has what is not to be shown left out', () => {
    expect(programOf('<name>a&#x85;b&#x202e;c</name>').name.text).toBe('abc');
    expect(programOf('<name>&#x85;</name>').name.text).toBe('https://example.com/app.xml');
  });

  it('tells apps by their names', () => {
    expect(programOf('', { app: 'beta' }).name.text).toBe('App (beta)');
  });

  it('offers the other commands, but none that would need a terminal it does not get', () => {
    const content = `<entry-point command="edit"/><entry-point command="shell"><needs-terminal/></entry-point>
      <entry-point command="run"/><entry-point command="a&#x202e;b"/>`;
    expect(programOf(content).actions.map(({ command }) => command)).toEqual(['edit']);
    expect(programOf(`<needs-terminal/>${content}`).actions.map(({ command }) => command)).toEqual(['edit', 'shell']);
    expect(programOf(content).actions[0]?.name.text).toBe('App edit');
  });

  it.each([
    ['http://example.com/a b'],
    ['ftp://example.com/a'],
    ['/a\nExec=rm'],
    ['/a\u0000'],
    ['relative.xml'],
    ['javascript:alert(1)'],
    [''],
  ])('is refused for the address %j', (uri) => {
    expect(() => programOf('', { uri })).toThrow('bad-url');
  });

  it('is refused for an app whose name is more than a line', () => {
    expect(() => programOf('', { app: 'a\nb' })).toThrow('bad-url');
  });
});

describe('categories', () => {
  const categories = (...names: readonly string[]): readonly string[] =>
    menuCategories(names.map((name) => ({ name, type: null })));

  it('are those that menus know, with what they need beside them', () => {
    expect(categories('Office')).toEqual(['Office']);
    expect(categories('Audio', 'Video')).toEqual(['AudioVideo', 'Audio', 'Video']);
    expect(categories('RasterGraphics', 'Graphics')).toEqual(['Graphics', 'RasterGraphics']);
  });

  it('are no others', () => {
    expect(categories('Application', 'X-Mine', 'Office;Exec=rm', 'Office\nExec=rm', '', 'constructor')).toEqual([]);
    expect(menuCategories([{ name: 'Office', type: 'http://example.com/other' }])).toEqual([]);
  });
});

describe('the name of an entry', () => {
  it.each([
    ['Memo', 'memo'],
    ['Tea / Timer', 'tea-timer'],
    ['Tea Timer', 'teatimer'],
    ['../../etc/passwd', 'etc-passwd'],
    ['..', 'program'],
    ['日本語', 'program'],
    ['--help', 'help'],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('of %j is %s', (title, name) => {
    expect(entryNames(title, 'https://example.com/a.xml')[0]).toBe(name);
  });

  it('is told from another by what it starts', () => {
    expect(entryNames('Memo', 'https://example.com/a.xml')[1]).toMatch(/^memo-[0-9a-f]{6}$/);
    expect(entryNames('Memo', 'a')[1]).toBe(
      'memo-ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'.slice(0, 11),
    );
  });
});
