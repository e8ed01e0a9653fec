import { describe, expect, it } from 'vitest';
import { xmlNamespace, zeroInstallNamespace } from '../../../../../electron/core/xml/element.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';

const parse = (text: string): ReturnType<typeof parseXml> => parseXml(text, { source: 'test.xml' });

describe('parseXml', () => {
  it('gives names, namespaces, attributes, children and text', () => {
    const root = parse(
      `<?xml version="1.0"?>\n<!-- c --><x xmlns="${zeroInstallNamespace}" xmlns:q="urn:q" a="1" q:b="2" xml:lang="de">` +
        `before<q:child/>\n  after &lt;&#x41;<![CDATA[ & ]]></x><!-- end -->`,
    );
    expect(root).toEqual({
      namespace: zeroInstallNamespace,
      name: 'x',
      attributes: { a: '1', '{urn:q}b': '2', [`{${xmlNamespace}}lang`]: 'de' },
      children: [expect.objectContaining({ namespace: 'urn:q', name: 'child', children: [], attributes: {} })],
      text: '\n  after <A & ',
      line: 2,
      column: 11,
    });
  });

  it('trims and folds white space in attributes, except where it matters', () => {
    const { attributes } = parse(
      '<a id=" \n x \t y&#10;&#9;z " empty="  " separator=" " value=" a&#9;b&#10; " default=" c "/>',
    );
    expect(attributes).toEqual({ id: 'x y z', empty: '', separator: ' ', value: ' a\tb\n ', default: ' c ' });
  });

  it('says where each start tag is, also when its name ends the line', () => {
    const root = parse('<a>\n  <b\n    c="1"/>\r\n <d><e/></d></a>');
    const at = (element: typeof root): readonly number[] => [element.line, element.column];
    expect([root, ...root.children, ...(root.children[1]?.children ?? [])].map(at)).toEqual([
      ...[
        [1, 1],
        [2, 3],
        [4, 2],
        [4, 5],
      ],
    ]);
  });

  it('keeps a blank text, but not the layout between elements', () => {
    const root = parse('<a>\n <b> </b>\n</a>');
    expect([root.text, root.children[0]?.text]).toEqual(['', ' ']);
  });

  it('passes over a document type declaration and reads nothing it names', () => {
    expect(
      parse('<!DOCTYPE a SYSTEM "file:///etc/passwd" [<!ENTITY e "v"><!ATTLIST a b CDATA "d">]><a/>').attributes,
    ).toEqual({});
  });

  it.each([
    ['two roots', '<a/><b/>'],
    ['no root', ' '],
    ['an end that is missing', '<a><b></b>'],
    ['the wrong end', '<a></b>'],
    ['text outside', '<a/>x'],
    ['an unknown entity', '<a>&x;</a>'],
    ['an entity of the document itself', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['a bomb of entities', '<!DOCTYPE a [<!ENTITY x "yyy"><!ENTITY z "&x;&x;&x;">]><a b="&z;"/>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['< in an attribute', '<a b="<"/>'],
    ['an unquoted attribute', '<a b=1/>'],
    ['the same attribute twice', '<a b="1" b="2"/>'],
    ['the same attribute twice by namespace', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ['an unknown prefix', '<p:a/>'],
    ['an unknown prefix of an attribute', '<a p:b="1"/>'],
    ['a control character', '<a>\u0001</a>'],
    ['a reference to a control character', '<a>&#1;</a>'],
    ['the same, declared as version 1.1', '<?xml version="1.1"?><a>&#1;</a>'],
    ['an HTML page', '<!doctype html><html><br></html>'],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'bad-xml' }) as Error);
  });

  it('names the place of a mistake', () => {
    expect(() => parse('<a>\n  <b></c>\n</a>')).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ source: 'test.xml', line: 2 }) as object }) as Error,
    );
  });

  it('is not confused by names of object properties', () => {
    const { attributes } = parse('<a __proto__="x" constructor="y" toString="z"/>');
    expect(Object.keys(attributes)).toEqual(['constructor', 'toString']);
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
  });
});

describe('limits', () => {
  const limited = (text: string, limits: NonNullable<Parameters<typeof parseXml>[1]['limits']>): (() => unknown) => {
    return () => parseXml(text, { source: 's', limits });
  };

  it.each([
    ['size', '<abcdefgh/>', { characters: 10 }],
    ['depth', '<a><a><a/></a></a>', { depth: 2 }],
    ['elements', '<a><a/><a/></a>', { elements: 2 }],
    ['attributes', '<a b="" c=""/>', { attributesPerElement: 1 }],
    ['length of an attribute', '<a b="1234"/>', { attributeLength: 3 }],
  ])('hold the %s', (_, text, limits) => {
    expect(limited(text, limits)).toThrow('bad-xml');
    const [[name, limit]] = Object.entries(limits) as [[string, number]];
    expect(limited(text, { [name]: limit + 1 })).not.toThrow();
  });

  it('stop a deep document by default', () => {
    expect(() => parse('<a>'.repeat(200_000))).toThrow('nested more than 100 deep');
  });
});
