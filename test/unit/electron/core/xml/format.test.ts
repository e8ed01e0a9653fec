import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../../../../electron/core/xml/element.ts';
import { compileNamespace, zeroInstallNamespace } from '../../../../../electron/core/xml/element.ts';
import { elementsEqual, formatXml } from '../../../../../electron/core/xml/format.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';

const parse = (text: string): XmlElement => parseXml(text, { source: 's' });

const element = (name: string, attributes: XmlElement['attributes'] = {}, text = ''): XmlElement => {
  return { namespace: zeroInstallNamespace, name, attributes, children: [], text, line: 0, column: 0 };
};

describe('formatXml', () => {
  it('indents, sorts attributes and chooses prefixes', () => {
    const root = {
      ...element('selections', { b: '2', a: '1', [`{${compileNamespace}}x`]: '3', '{urn:z}y': '4' }),
      children: [
        { ...element('arg'), text: ' a < b ' },
        { ...element('other'), namespace: 'urn:z', children: [element('empty')] },
      ],
    };
    expect(formatXml(root)).toBe(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<selections a="1" b="2" compile:x="3" ns2:y="4" xmlns="${zeroInstallNamespace}" xmlns:compile="${compileNamespace}" xmlns:ns2="urn:z">`,
        '  <arg> a &lt; b </arg>',
        '  <ns2:other>',
        '    <empty/>',
        '  </ns2:other>',
        '</selections>',
        '',
      ].join('\n'),
    );
  });

  it('writes one line if asked', () => {
    const root = { ...element('a'), children: [element('b')] };
    expect(formatXml(root, { isIndented: false })).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="${zeroInstallNamespace}"><b/></a>`,
    );
  });

  it('writes elements without a namespace inside others, and the other way round', () => {
    for (const text of [
      '<a xmlns="u"><b xmlns=""><c xmlns="u"/><d/></b><e/></a>',
      '<a><b xmlns="u"><c xmlns=""/></b></a>',
    ]) {
      const tree = parse(text);
      expect(elementsEqual(parse(formatXml(tree)), tree), text).toBe(true);
    }
  });

  it('escapes everything that would be read differently', () => {
    const value = `<&>"'\t\n\r é`;
    expect(parse(formatXml(element('a', { value }, value)))).toMatchObject({ attributes: { value }, text: value });
  });

  it.each(['\u0000', '\u001b', '\ufffe', '\ud800'])('refuses %j, which XML cannot hold', (character) => {
    expect(() => formatXml(element('a', { b: character }))).toThrow('bad-xml');
  });
});

describe('elementsEqual', () => {
  const base = '<a xmlns="u" x="1" y="2"><b> t </b><c/></a>';

  it('ignores order of attributes, prefixes, layout and blanks around text', () => {
    expect(elementsEqual(parse(base), parse('<p:a y="2" x="1" xmlns:p="u">\n<p:b>t</p:b>\n\n<p:c/></p:a>'))).toBe(true);
  });

  it.each([
    '<a xmlns="u" x="1"><b>t</b><c/></a>',
    '<a xmlns="u" x="1" y="3"><b>t</b><c/></a>',
    '<a xmlns="u" x="1" z="2"><b>t</b><c/></a>',
    '<a xmlns="v" x="1" y="2"><b>t</b><c/></a>',
    '<a xmlns="u" x="1" y="2"><c/><b>t</b></a>',
    '<a xmlns="u" x="1" y="2"><b>s</b><c/></a>',
    '<a xmlns="u" x="1" y="2"><b>t</b><c/><c/></a>',
  ])('sees the difference of %s', (other) => {
    expect(elementsEqual(parse(base), parse(other))).toBe(false);
    expect(elementsEqual(parse(other), parse(base))).toBe(false);
  });
});
