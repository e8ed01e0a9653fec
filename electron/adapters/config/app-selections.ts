import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppSelections, AppSelectionsPort } from '../../core/ports/app-selections.ts';
import { parseSelections } from '../../core/selections/parse.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { toFileError } from '../file-error.ts';
import { isAbsence } from '../files.ts';
import type { Paths } from '../paths.ts';
import { readFileUpTo } from '../read-file.ts';

const maxBytes = 16 * 1024 * 1024;

/** Apps as the reference keeps them: `apps/NAME/selections.xml`, earlier ones as `selections-DATE.xml` beside it. */
export function createAppSelections({ config }: Pick<Paths, 'config'>): AppSelectionsPort {
  return {
    async list() {
      const found: AppSelections[] = [];
      for (const directory of config) {
        const apps = join(directory, 'apps');
        for (const app of await namesIn(apps)) {
          for (const file of await namesIn(join(apps, app))) {
            if (!/^selections(?:-.*)?\.xml$/.test(file)) continue;
            const path = join(apps, app, file);
            const text = new TextDecoder().decode(await readFileUpTo(path, maxBytes));
            found.push({ app, path, selections: parseSelections(parseXml(text, { source: path }), path) });
          }
        }
      }
      return found;
    },
  };
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    if (isAbsence(error)) return [];
    throw toFileError(error, directory);
  }
}
