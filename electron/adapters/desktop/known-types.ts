import { join } from 'node:path';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { readFileUpTo } from '../read-file.ts';

const maxBytes = 16 * 1024 * 1024;

/**
 * Types of files by their endings, as the system's MIME database has them.
 *
 * @param folders of the database, first one first
 * @returns ending in lower case with its dot → type
 * @see Shared MIME-info Database, "The globs2 file"
 */
export async function readKnownTypes(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const types = new Map<string, { readonly type: string; readonly weight: number }>();
  for (const folder of folders) {
    for (const line of (await textOf(join(folder, 'globs2'))).split('\n')) {
      const [, weight, type, ending] = /^(\d{1,3}):([^:]+):\*(\.[^:*?[\]]+)(?::|$)/.exec(line) ?? [];
      if (weight === undefined || type === undefined || ending === undefined) continue;
      const key = ending.toLowerCase();
      if ((types.get(key)?.weight ?? -1) < Number(weight)) types.set(key, { type, weight: Number(weight) });
    }
  }
  return new Map([...types].map(([ending, { type }]) => [ending, type]));
}

async function textOf(path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFileUpTo(path, maxBytes));
  } catch (error) {
    if (isAppError(error)) return '';
    throw error;
  }
}
