import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAppError, type AppError } from '../../../shared/errors/app-error.ts';
import type { TrustDbPort } from '../../core/ports/trust-db.ts';
import { emptyTrustDb, formatTrustDb, parseTrustDb, type TrustDb } from '../../core/trust/trust-db.ts';
import { decodeXml } from '../../core/xml/decode.ts';
import { formatXml } from '../../core/xml/format.ts';
import { parseXml } from '../../core/xml/parse.ts';
import { toFileError } from '../file-error.ts';
import { createQueues, isAbsence, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';

/** Nobody trusts so many keys. */
const limitBytes = 4 * 1024 * 1024;

interface Reading {
  readonly db: TrustDb;
  readonly problem: AppError | null;
  /** The file that was read; null if there is none. */
  readonly path: string | null;
}

/**
 * `injector/trustdb.xml`: the first existing one is read, the user's is written.
 *
 * @see trust-and-download.md 4.1
 */
export function createTrustDb(paths: Pick<Paths, 'config'>): TrustDbPort {
  const files = paths.config.map((directory) => join(directory, 'injector', 'trustdb.xml'));
  const [own = ''] = files;
  const inTurn = createQueues();

  async function read(): Promise<Reading> {
    for (const path of files) {
      try {
        const bytes = await readFile(path);
        return { db: parse(bytes, path), problem: null, path };
      } catch (error) {
        if (isAbsence(error)) continue;
        return { db: emptyTrustDb, problem: toProblem(error, path), path };
      }
    }
    return { db: emptyTrustDb, problem: null, path: null };
  }

  async function change(work: (db: TrustDb) => TrustDb): Promise<TrustDb> {
    const { db, problem, path } = await read();
    // A file that cannot even be read may be whole: writing over it would lose what is in it.
    if (problem !== null && !isAppError(problem, 'bad-xml') && !isAppError(problem, 'bad-settings')) throw problem;
    if (problem !== null && path === own) await copyFile(own, `${own}.broken`);
    const changed = work(db);
    if (changed !== db || problem !== null) await writeFileAtomically(own, formatXml(formatTrustDb(changed)), 0o644);
    return changed;
  }

  return {
    async read() {
      const { db, problem } = await read();
      return { db, problem };
    },
    update: (work) => inTurn(own, () => change(work)),
  };
}

function parse(bytes: Uint8Array, path: string): TrustDb {
  return parseTrustDb(parseXml(decodeXml(bytes, path, limitBytes), { source: path }), path);
}

function toProblem(error: unknown, path: string): AppError {
  const problem = toFileError(error, path);
  if (isAppError(problem)) return problem;
  throw error;
}
