import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { ChangeCause, HistoryEntry, LostEntry } from '../../core/apps/history.ts';
import { formatRequirements, parseRequirements } from '../../core/apps/requirements-json.ts';
import type { AppHistoryPort } from '../../core/ports/app-store.ts';
import type { ClockPort } from '../../core/ports/clock.ts';
import { parseSelections } from '../../core/selections/parse.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import { formatXml } from '../../core/xml/format.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { toFileError } from '../file-error.ts';
import { isAbsence, writeFileAtomically } from '../files.ts';
import { readFileUpTo } from '../read-file.ts';

/** In the directory of an app; the reference takes no notice of it. */
export const historyFolder = 'zerodesk-history';

const maxEntries = 100;
const maxBytes = 32 * 1024 * 1024;
const causes: readonly ChangeCause[] = ['add', 'update', 'change', 'rollback'];

/** An entry is one file, `NNNNNN.json`, with the documents as texts; it is written once and never changed. */
export function createAppHistory(clock: Pick<ClockPort, 'now'>): AppHistoryPort {
  return {
    async list({ directory }) {
      const entries: HistoryEntry[] = [];
      const lost: LostEntry[] = [];
      for (const number of await numbersIn(join(directory, historyFolder))) {
        const path = pathOf(directory, number);
        try {
          entries.push(parseEntry(new TextDecoder().decode(await readFileUpTo(path, maxBytes)), number, path));
        } catch (error) {
          if (!isAppError(error)) throw error;
          lost.push({ number, path, reason: Object.values(error.params).join(' ') });
        }
      }
      return { entries, lost };
    },
    async add({ directory }, { cause, selections, requirements }) {
      const numbers = await numbersIn(join(directory, historyFolder));
      const number = (numbers.at(-1) ?? 0) + 1;
      const entry = {
        at: new Date(clock.now()).toISOString(),
        cause,
        requirements: formatRequirements(requirements),
        selections: formatXml(selectionsToXml(selections)),
      };
      await writeFileAtomically(pathOf(directory, number), JSON.stringify(entry), 0o644);
      for (const old of numbers.slice(0, Math.max(0, numbers.length + 1 - maxEntries))) {
        await rm(pathOf(directory, old), { force: true });
      }
    },
  };
}

/** @throws AppError `bad-settings`, `bad-xml`, `bad-selections` */
export function parseEntry(text: string, number: number, path: string): HistoryEntry {
  const refuse = (reason: string) => new AppError('bad-settings', { path, reason });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  if (typeof json !== 'object' || json === null) throw refuse('it is not a JSON object');
  const { at, cause, requirements, selections } = json as Record<string, unknown>;
  if (typeof at !== 'string' || Number.isNaN(Date.parse(at))) throw refuse('it has no date');
  const known = causes.find((one) => one === cause);
  if (known === undefined) throw refuse('its cause is unknown');
  if (typeof requirements !== 'string' || typeof selections !== 'string') throw refuse('a document is missing');
  return {
    number,
    at: new Date(at).toISOString(),
    cause: known,
    requirements: parseRequirements(requirements, path),
    selections: parseSelections(parseXml(selections, { source: path }), path),
  };
}

function pathOf(directory: string, number: number): string {
  return join(directory, historyFolder, `${String(number).padStart(6, '0')}.json`);
}

/** In order. */
async function numbersIn(folder: string): Promise<readonly number[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => /^\d{6,9}\.json$/.test(name))
      .map((name) => Number.parseInt(name, 10))
      .sort((a, b) => a - b);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw toFileError(error, folder);
  }
}
