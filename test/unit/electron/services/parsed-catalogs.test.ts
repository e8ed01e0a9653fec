import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../../../../electron/core/feed/catalog.ts';
import { createParsedCatalogs } from '../../../../electron/services/parsed-catalogs.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const entries = Array.from({ length: 600 }, (_, index): CatalogEntry => ({
  uri: `https://example.org/${index}.xml`,
  name: `Programm Ä ${index}`,
  summary: '',
  description: 'Long',
  homepage: index % 2 === 0 ? null : 'https://example.org/',
  categories: ['Utility'],
  icon: null,
  needsTerminal: false,
  binaryName: null,
}));

function setup() {
  const files = new Map<string, Uint8Array>();
  const catalogs = createParsedCatalogs({
    files: {
      read: (url) => Promise.resolve(files.get(url) ?? null),
      write: (url, bytes) => {
        files.set(url, bytes);
        return Promise.resolve();
      },
    },
    log: createMemoryLog(),
  });
  return { files, catalogs };
}

describe('parsed catalogues', () => {
  it('are read as they were kept, for the same document only', async () => {
    const { catalogs } = setup();
    catalogs.keep('a', '1', entries);
    expect(await catalogs.read('a', '1')).toEqual(entries);
    expect(await catalogs.read('a', '2')).toBeNull();
    expect(await catalogs.read('b', '1')).toBeNull();
  });

  it('of few programs are not kept', () => {
    const { files, catalogs } = setup();
    catalogs.keep('a', '1', entries.slice(0, 10));
    expect(files.size).toBe(0);
  });

  it.each([
    ['no text', '\u0000\u0001'],
    ['half a text', '{"version":"1","entries":[{'],
    ['null', 'null'],
    ['no list', '{"version":"1","entries":{}}'],
    ['another kind of entry', '{"version":"1","entries":[{"uri":"https://a.example/"}]}'],
    ['a wrong field', JSON.stringify({ version: '1', entries: [{ ...entries[0], categories: [1] }] })],
  ])('with %s are as if there were none', async (_what, text) => {
    const { files, catalogs } = setup();
    files.set('a', new TextEncoder().encode(text));
    expect(await catalogs.read('a', '1')).toBeNull();
  });
});
