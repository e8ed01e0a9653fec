import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogSourcesPort } from '../../core/ports/catalog-sources.ts';
import { toFileError } from '../file-error.ts';
import { readFirstFile, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';

const defaultSource = 'https://apps.0install.net/catalog.xml';
/** The old address of the default source, still found in files. */
const oldSource = 'http://0install.de/catalog/';
const maxSources = 100;

/** `catalog-sources`: one URL or path a line; without the file, the public catalogue. */
export function createCatalogSources(paths: Pick<Paths, 'config'>): CatalogSourcesPort {
  const files = paths.config.map((directory) => join(directory, 'catalog-sources'));
  const [own = ''] = files;
  const readFrom = async (candidates: readonly string[]): Promise<readonly string[] | null> => {
    const found = await readFirstFile(candidates);
    return found === null ? null : parseSources(new TextDecoder().decode(found.bytes));
  };
  return {
    read: async () => (await readFrom(files)) ?? [defaultSource],
    readOwn: () => readFrom([own]),
    async write(sources) {
      if (sources !== null) {
        await writeFileAtomically(own, sources.map((source) => `${source}\n`).join(''), 0o644);
        return;
      }
      await rm(own, { force: true }).catch((error: unknown) => {
        throw toFileError(error, own);
      });
    },
  };
}

function parseSources(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const sources = lines.filter((line) => line !== '' && !line.startsWith('#')).slice(0, maxSources);
  return [...new Set(sources.map((line) => (line === oldSource ? defaultSource : line)))];
}
