import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppSelections, AppSelectionsPort } from '../../core/ports/app-selections.ts';
import { parseSelections } from '../../core/selections/parse.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { appMarks } from './app-marks.ts';
import { createAppHistory, historyFolder } from './app-history.ts';
import { systemClock } from '../clock.ts';
import { toFileError } from '../file-error.ts';
import { changedAt, isAbsence } from '../files.ts';
import type { Paths } from '../paths.ts';
import { readFileUpTo } from '../read-file.ts';

const maxBytes = 16 * 1024 * 1024;

/** How many entries of an app's history can be gone back to: what they need stays. */
const historyCount = 10;

/**
 * Apps as the reference keeps them: `apps/NAME/selections.xml`, earlier ones as `selections-DATE.xml` beside it; and our own history
 * of them, which has more than one entry a day.
 */
export function createAppSelections({ config }: Pick<Paths, 'config'>): AppSelectionsPort {
  const history = createAppHistory(systemClock);
  return {
    async list() {
      const found: AppSelections[] = [];
      for (const directory of config) {
        const apps = join(directory, 'apps');
        for (const app of await namesIn(apps)) {
          const { entries } = await history.list({ directory: join(apps, app) });
          for (const { selections } of entries.slice(-historyCount)) {
            found.push({ app, path: join(apps, app, historyFolder), selections, lastRunAt: null });
          }
          for (const file of await namesIn(join(apps, app))) {
            if (!/^selections(?:-.*)?\.xml$/.test(file)) continue;
            const path = join(apps, app, file);
            const lastRunMs =
              file === 'selections.xml' ? await changedAt(join(apps, app, appMarks.names.lastRun)) : null;
            const lastRunAt = lastRunMs === null ? null : new Date(lastRunMs).toISOString();
            const text = new TextDecoder().decode(await readFileUpTo(path, maxBytes));
            found.push({ app, path, selections: parseSelections(parseXml(text, { source: path }), path), lastRunAt });
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
