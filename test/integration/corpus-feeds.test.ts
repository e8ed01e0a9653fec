import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseFeed } from '../../electron/core/feed/parse-feed.ts';
import { decodeXml } from '../../electron/core/xml/decode.ts';
import { elementsEqual, formatXml } from '../../electron/core/xml/format.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const isThere = existsSync(corpus);
if (!isThere) console.warn(`SKIPPED: the real feeds are not at ${corpus}; nothing of this file is tested`);

const files = isThere
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'))
  : [];
const texts = files.map((name) => ({ name, text: decodeXml(readFileSync(join(corpus, name)), name) }));

describe.skipIf(!isThere)('all real feeds', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThanOrEqual(360);
  });

  it('are read, without a warning', () => {
    for (const { name, text } of texts) {
      const uri = /\suri="([^"]+)"/.exec(text)?.[1] ?? name;
      const feed = parseFeed(text, { name: uri, isLocal: false });
      expect([name, feed.warnings]).toEqual([name, []]);
      expect(feed.title, name).not.toBe('');
      const methods = feed.implementations.flatMap((one) => one.retrievalMethods);
      expect([name, methods.filter((method) => method.type === 'unusable' && method.isFatal)]).toEqual([name, []]);
    }
  });

  it('are the same after writing and reading', () => {
    for (const { name, text } of texts) {
      const root = parseXml(text, { source: name });
      expect(elementsEqual(parseXml(formatXml(root), { source: name }), root), name).toBe(true);
    }
  });
});
