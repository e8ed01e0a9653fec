import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from './file-error.ts';

/** The first file in `PATH` that can be executed under a name; null if there is none. Relative entries are passed over. */
export function findProgram(name: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const directories = (env['PATH'] ?? '/bin:/usr/bin').split(path.delimiter).filter((entry) => path.isAbsolute(entry));
  return directories.map((directory) => path.join(directory, name)).find(isExecutable) ?? null;
}

/** Whether there is a file that we may execute. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    return false;
  }
}
