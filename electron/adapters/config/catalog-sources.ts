import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogSourcesPort } from '../../core/ports/catalog-sources.ts';
import type { Paths } from '../paths.ts';

const defaultSource = 'https://apps.0install.net/catalog.xml';
/** The old address of the default source, still found in files. */
const oldSource = 'http://0install.de/catalog/';
const maxSources = 100;

/** `catalog-sources`: one URL or path a line; without the file, the public catalogue. */
export function createCatalogSources(paths: Pick<Paths, 'config'>): CatalogSourcesPort {
  return {
    async read() {
      for (const directory of paths.config) {
        const text = await readFile(join(directory, 'catalog-sources'), 'utf8').catch((error: unknown) => {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
          throw error;
        });
        if (text === null) continue;
        const lines = text.split('\n').map((line) => line.trim());
        const sources = lines.filter((line) => line !== '' && !line.startsWith('#')).slice(0, maxSources);
        return [...new Set(sources.map((line) => (line === oldSource ? defaultSource : line)))];
      }
      return [defaultSource];
    },
  };
}
