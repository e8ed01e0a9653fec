import { accessSync, constants } from 'node:fs';
import { lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { isAppName } from '../../core/apps/app-name.ts';
import { chooseScriptDir, referenceScript } from '../../core/apps/start-script.ts';
import { isLauncher } from '../../core/launch/fast-launcher.ts';
import type { StartScriptPort } from '../../core/ports/app-store.ts';
import { toFileError } from '../file-error.ts';
import { isAbsence, writeFileAtomically } from '../files.ts';
import type { Paths } from '../paths.ts';
import { readFileUpTo } from '../read-file.ts';

const maxScriptBytes = 1024 * 1024;

/** Start scripts in a directory of `PATH`. @see execution.md 8.4 */
export function createStartScripts(
  paths: Pick<Paths, 'home' | 'cache'>,
  env: Readonly<Record<string, string | undefined>>,
): StartScriptPort {
  const { home, cache: cacheDirs } = paths;
  const path = (env['PATH'] ?? '').split(':').filter((directory) => isAbsolute(directory));
  const chosen = (): ReturnType<typeof chooseScriptDir> => chooseScriptDir({ home, path, cacheDirs, isWritable });
  return {
    async place(name) {
      const { directory, isInPath } = chosen();
      const file = join(directory, name);
      return { path: file, isTaken: await isThere(file), isInPath };
    },
    async find(name) {
      if (!isAppName(name)) return null;
      for (const directory of new Set([chosen().directory, join(home, '.local/bin'), join(home, 'bin')])) {
        const file = join(directory, name);
        if (!(await isThere(file))) continue;
        const text = await contentOf(file);
        const isOurs = text !== null && (text === referenceScript(name) || isLauncher(text, name));
        return { path: file, isOurs, text: text ?? '' };
      }
      return null;
    },
    async write(file, text) {
      await mkdir(dirname(file), { recursive: true }).catch((error: unknown) => {
        throw toFileError(error, file);
      });
      await writeFileAtomically(file, text, 0o755);
    },
    async remove(file) {
      await rm(file).catch((error: unknown) => {
        throw toFileError(error, file);
      });
    },
  };
}

/** Of a file that may be ours; null of others. */
async function contentOf(path: string): Promise<string | null> {
  try {
    return new TextDecoder().decode(await readFileUpTo(path, maxScriptBytes));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isAbsence(error)) return false;
    throw toFileError(error, path);
  }
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
