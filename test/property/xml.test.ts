import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../electron/core/xml/element.ts';
import { elementsEqual, formatXml } from '../../electron/core/xml/format.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';

const namespace = fc.constantFrom('', 'urn:a', 'urn:b', 'http://zero-install.sourceforge.net/2004/injector/interface');
const name = fc.constantFrom('a', 'b-c', 'ü', 'x.1');
const word = fc.string({ unit: fc.constantFrom('a', '<', '&', '"', "'", '>', 'é', '😀', ']]>'), maxLength: 6 });
const exact = fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\n', '\r', '"'), maxLength: 6 });
const attributes = fc
  .tuple(
    fc.dictionary(
      fc.tuple(namespace, name).map(([ns, n]) => (ns === '' ? n : `{${ns}}${n}`)),
      word,
    ),
    exact,
  )
  .map(([some, value]): XmlElement['attributes'] => ({ ...some, value }));

const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc.record(
    {
      namespace,
      name,
      attributes,
      children: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('element'), { maxLength: 3 })),
      text: fc.oneof(word, exact),
      line: fc.constant(0),
      column: fc.constant(0),
    },
    { noNullPrototype: true },
  ),
}));

describe('XML', () => {
  it('reads back what it has written', () => {
    fc.assert(
      fc.property(element, fc.boolean(), (tree, isIndented) => {
        const text = formatXml(tree, { isIndented });
        expect(elementsEqual(parseXml(text, { source: 's' }), tree), text).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('ends with a tree or a reason for any text', () => {
    const piece = fc.constantFrom(
      '<a',
      '<b>',
      '</a>',
      '/>',
      '>',
      ' x="',
      '"',
      '&lt;',
      '&',
      '<!--',
      '-->',
      '<?',
      '?>',
      't',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseXml(pieces.join(''), { source: 's' });
        } catch (error) {
          expect(error).toMatchObject({ code: 'bad-xml' });
        }
      }),
      { numRuns: 3000 },
    );
  });
});
