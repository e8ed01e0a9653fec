import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultXmlLimits, type XmlLimits } from '../../electron/core/xml/limits.ts';
import { parseStrictly } from '../../electron/core/xml/parse-strictly.ts';
import { scanXml } from '../../electron/core/xml/scan.ts';
import { fixturePath } from '../helpers/fixtures.ts';

/** What the scanner accepts, the strict parser must accept too and read alike. */
function expectAgreement(text: string, limits: XmlLimits = defaultXmlLimits): boolean {
  const scanned = scanXml(text, limits);
  if (scanned === null) return false;
  const expected = parseStrictly(text, 'test.xml', limits);
  if (!isDeepStrictEqual(scanned, expected)) expect(scanned).toEqual(expected);
  return true;
}

/** Pieces that put together make well-formed, nearly well-formed and hopeless documents. */
const piece = fc.constantFrom(
  ...[
    '<a>',
    '</a>',
    '<b>',
    '</b>',
    '<b/>',
    '<p:c>',
    '</p:c>',
    '<a ',
    ' x="1"',
    " y='&lt;2'",
    ' x ="3" ',
    '/>',
    '>',
    '\n',
    ' ',
  ],
  ...[
    ' xmlns="urn:a"',
    ' xmlns:p="urn:p"',
    ' xmlns:q="urn:p"',
    ' p:x="1"',
    ' q:x="2"',
    ' xml:lang="de"',
    ' xmlns=""',
    '\r\n',
    '\r',
  ],
  ...[
    'text',
    '&amp;',
    '&#65;',
    '&#x1F600;',
    '&#0;',
    '&#13;',
    '&e;',
    '&',
    ']]>',
    '<![CDATA[ <x> ]]>',
    '<!-- c -->',
    '<!-- -- -->',
    '<!',
  ],
  ...[
    '<?xml version="1.0"?>',
    '<?pi data?>',
    '<?pi?>',
    '<?xml?>',
    '<!DOCTYPE a>',
    '😀',
    'é',
    '\ud800',
    '\uffff',
    '\u0001',
    '\ufeff',
  ],
  ...[
    ' value=" v\t&#10;\n"',
    ' id=" i \n j "',
    ' __proto__="x"',
    ' constructor="y"',
    '<é/>',
    '<a:b:c/>',
    '</a >',
    '<a\n>',
    '< a>',
    '="',
  ],
);

describe('the quick scanner', () => {
  it('never reads a document otherwise than the strict parser', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), (pieces, isWrapped) => {
        const text = pieces.join('');
        if (expectAgreement(isWrapped ? `<a xmlns:p="urn:p">${text}</a>` : text)) accepted++;
      }),
      { numRuns: 5000 },
    );
    expect(accepted).toBeGreaterThan(200);
  });

  it('agrees when a feed is damaged at any place', () => {
    const feed = readFileSync(fixturePath('conformance/select/document-command-children/root.xml'), 'utf8');
    const strange = fc.constantFrom(
      '',
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '=',
      ' ',
      '\n',
      ':',
      'x',
      '\u0000',
      '<!--',
      '-->',
      ']]>',
      'xmlns="u" ',
    );
    fc.assert(
      fc.property(fc.nat(feed.length), fc.nat(3), strange, (at, removed, added) => {
        expectAgreement(feed.slice(0, at) + added + feed.slice(at + removed));
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['two declarations of one namespace', '<a xmlns="u"><b xmlns="u" xmlns="u"/></a>'],
    ['two declarations of one prefix', '<a xmlns:p="u"><b xmlns:p="u" xmlns:p="u"/></a>'],
    ['one attribute twice by namespace', '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>'],
    ['a blank namespace', '<a xmlns:p=" "/>'],
    ['text after the root', '<a/>\n&#32;'],
    ['an end that is missing', '<a><b></b>'],
    ['a value that does not end', '<a b="'],
    ['a lone half of a character', '<a b="\ud83d"/>'],
  ])('leaves %s to the strict parser', (_, text) => {
    expect(scanXml(text, defaultXmlLimits)).toBeNull();
  });

  it.each([
    ['depth', '<a><a><a/></a></a>', { depth: 2 }],
    ['elements', '<a><a/><a/></a>', { elements: 2 }],
    ['attributesPerElement', '<a b="" c=""/>', { attributesPerElement: 1 }],
    ['attributeLength', '<a b="1234"/>', { attributeLength: 3 }],
  ] as const)('leaves what is over the limit of %s to the strict parser', (_, text, limits) => {
    expect(scanXml(text, { ...defaultXmlLimits, ...limits })).toBeNull();
    expect(scanXml(text, defaultXmlLimits)).not.toBeNull();
  });

  const corpus = resolve(import.meta.dirname, '../../../shared/corpus');
  if (!existsSync(corpus)) console.warn(`SKIPPED: the published feeds are not at ${corpus}`);
  it.skipIf(!existsSync(corpus))(
    'reads nearly every published feed by itself',
    () => {
      const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'));
      const quick = files.filter((name) =>
        expectAgreement(readFileSync(join(corpus, name), 'utf8').replaceAll('\r\n', '\n')),
      );
      console.log(`${quick.length} of ${files.length} published feeds are plain documents`);
      expect(quick.length).toBeGreaterThan(files.length * 0.95);
    },
    120_000,
  );
});
