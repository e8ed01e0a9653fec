import { describe, expect, it } from 'vitest';
import { parseCatalog } from '../../../../../electron/core/feed/catalog.ts';
import { userLanguages } from '../../../../../electron/core/feed/languages.ts';
import { parseXml } from '../../../../../electron/core/xml/parse.ts';
import { feedText, reasonOf } from '../../../../helpers/feed.ts';

const catalog = (content: string): ReturnType<typeof parseXml> =>
  parseXml(`<catalog xmlns="http://0install.de/schema/injector/catalog">${content}</catalog>`, { source: 'c' });

describe('parseCatalog', () => {
  it('lists programs in the language of the person', () => {
    const entry = feedText(
      `<name>Paint</name><summary>draws</summary><summary xml:lang="de">malt</summary><description>D</description>
       <homepage>javascript:x</homepage><homepage>https://example.com</homepage><category>Graphics</category>
       <icon type="image/svg" href="https://example.com/i.svg"/><icon type="image/png" href="https://example.com/i.png"/>
       <entry-point command="run" binary-name="paint"><needs-terminal/></entry-point>`,
      'uri="https://example.com/paint.xml"',
    );
    expect(parseCatalog(catalog(entry), 'c', userLanguages({ LANG: 'de_AT' }))).toEqual([
      {
        uri: 'https://example.com/paint.xml',
        name: 'Paint',
        summary: 'malt',
        description: 'D',
        homepage: 'https://example.com',
        categories: ['Graphics'],
        icon: 'https://example.com/i.png',
        needsTerminal: true,
        binaryName: 'paint',
      },
    ]);
    expect(parseCatalog(catalog(entry), 'c')[0]?.summary).toBe('draws');
  });

  it('leaves out entries without a proper address or name', () => {
    const entries = ['uri="file:///etc"', 'uri="/etc"', '', 'uri="https:///x"'].map((uri) =>
      feedText('<name>a</name>', uri),
    );
    expect(parseCatalog(catalog(entries.join('') + feedText('', 'uri="https://example.com/a"')), 'c')).toEqual([]);
  });

  it('refuses anything else', () => {
    const feed = parseXml(feedText('<name>a</name>'), { source: 'c' });
    expect(reasonOf(() => parseCatalog(feed, 'c'))).toBe('Expected <catalog>, not <interface>');
  });
});
