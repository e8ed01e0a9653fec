import { copyFile, link, mkdir, readdir, rename, rm, unlink } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isAppName } from '../../core/apps/app-name.ts';
import { formatRequirements, parseRequirements, type AppRequirements } from '../../core/apps/requirements-json.ts';
import { compareBytes } from '../../core/byte-order.ts';
import type { AppStorePort, AppStamp } from '../../core/ports/app-store.ts';
import type { ClockPort } from '../../core/ports/clock.ts';
import { parseSelections } from '../../core/selections/parse.ts';
import type { Selections } from '../../core/selections/model.ts';
import { selectionsToXml } from '../../core/selections/to-xml.ts';
import { formatXml } from '../../core/xml/format.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { changedAt, isAbsence, touchFile, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';
import { readFileUpTo } from '../read-file.ts';

const maxSelectionsBytes = 16 * 1024 * 1024;
const maxRequirementsBytes = 1024 * 1024;

const modes: Readonly<Record<AppStamp, number>> = {
  'last-checked': 0o600,
  'last-check-attempt': 0o644,
  'last-solve': 0o600,
};

/** Apps as the reference keeps them, `apps/NAME/` in the configuration directories; the first one of a name counts. */
export function createAppStore(paths: Pick<Paths, 'config'>, clock: Pick<ClockPort, 'now'>): AppStorePort {
  const roots = paths.config.map((directory) => join(directory, 'apps'));
  const [own = ''] = roots;

  const directoryOf = async (name: string): Promise<string | null> => {
    if (!isAppName(name)) return null;
    for (const root of roots) {
      const directory = join(root, name);
      if ((await changedAt(join(directory, 'requirements.json'))) !== null) return directory;
    }
    return null;
  };
  const existing = async (name: string): Promise<string> => {
    const directory = await directoryOf(name);
    if (directory === null) throw new AppError('app-missing', { name });
    return directory;
  };

  return {
    async names() {
      const all = await Promise.all(roots.map(namesIn));
      const names = [...new Set(all.flat())].sort(compareBytes);
      const found = await Promise.all(names.map(directoryOf));
      return names.filter((_, index) => found[index] !== null);
    },
    directoryOf,
    async readRequirements(name) {
      const directory = await directoryOf(name);
      return directory === null ? null : requirementsIn(directory);
    },
    async read(name) {
      const directory = await directoryOf(name);
      if (directory === null) return null;
      const selectionsPath = join(directory, 'selections.xml');
      const selections = decode(await readFileUpTo(selectionsPath, maxSelectionsBytes));
      return {
        name,
        directory,
        requirements: await requirementsIn(directory),
        selections: parseSelections(parseXml(selections, { source: selectionsPath }), selectionsPath),
      };
    },
    async create(name, requirements, selections) {
      const taken = await directoryOf(name);
      if (taken !== null) throw new AppError('app-exists', { name, path: taken });
      const directory = join(own, name);
      try {
        await mkdir(own, { recursive: true, mode: 0o700 });
        await mkdir(directory, { mode: 0o755 });
      } catch (error) {
        if (errorCode(error) === 'EEXIST') throw new AppError('app-exists', { name, path: directory });
        throw toFileError(error, directory);
      }
      try {
        await writeSelections(directory, selections, clock.now());
        await touchFile(join(directory, 'last-checked'), modes['last-checked']);
        // Last, because it is what makes the directory an app.
        await writeRequirements(directory, requirements);
      } catch (error) {
        await rm(directory, { recursive: true, force: true }).catch(() => undefined);
        throw error;
      }
      return { name, directory, requirements, selections };
    },
    async writeRequirements(name, requirements) {
      await writeRequirements(await existing(name), requirements);
    },
    async writeSelections(name, selections) {
      await writeSelections(await existing(name), selections, clock.now());
    },
    async history(name) {
      const directory = await existing(name);
      return (await namesIn(directory))
        .flatMap((file) => {
          const date = /^selections-(\d{4}-\d\d-\d\d)\.xml$/.exec(file)?.[1];
          return date === undefined ? [] : { date, path: join(directory, file) };
        })
        .sort((a, b) => compareBytes(b.date, a.date));
    },
    stampedAt: async (name, stamp) => changedAt(join(await existing(name), stamp)),
    async stamp(name, stamp) {
      await touchFile(join(await existing(name), stamp), modes[stamp]);
    },
    async remove(name) {
      const directory = await existing(name);
      // First what makes it an app: half of one would be in the way.
      await rm(join(directory, 'requirements.json')).catch((error: unknown) => {
        throw toFileError(error, directory);
      });
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function writeRequirements(directory: string, requirements: AppRequirements): Promise<void> {
  await writeFileAtomically(join(directory, 'requirements.json'), formatRequirements(requirements), 0o644);
}

/** Under today's date, and under the name of the present ones: two names of one file. */
async function writeSelections(directory: string, selections: Selections, nowMs: number): Promise<void> {
  const dated = join(directory, `selections-${new Date(nowMs).toISOString().slice(0, 10)}.xml`);
  await writeFileAtomically(dated, formatXml(selectionsToXml(selections)), 0o644);
  const temporary = join(directory, `.selections-${randomBytes(6).toString('hex')}.tmp`);
  try {
    // Where a file cannot have two names, a copy serves as well.
    await link(dated, temporary).catch(() => copyFile(dated, temporary));
    await rename(temporary, join(directory, 'selections.xml'));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw toFileError(error, directory);
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw toFileError(error, directory);
  }
}

async function requirementsIn(directory: string): Promise<AppRequirements> {
  const path = join(directory, 'requirements.json');
  return parseRequirements(decode(await readFileUpTo(path, maxRequirementsBytes)), path);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
