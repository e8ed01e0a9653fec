import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isAppError } from '../../shared/errors/app-error.ts';
import { findNotes } from '../core/apps/release-notes.ts';
import type { NotesPort } from '../core/ports/notes.ts';
import { isAbsence } from './files.ts';
import { readFileUpTo } from './read-file.ts';

const maxBytes = 1024 * 1024;

/** Looks into the documentation directory, then at the top and in the usual places. Links that lead out are not followed. */
export const releaseNotes: NotesPort = {
  async read(directory, docDir) {
    for (const folder of [docDir, '.', 'doc', 'docs'].filter((each) => each !== null)) {
      const file = findNotes(await filesIn(join(directory, folder)));
      if (file === null) continue;
      const text = await textOf(join(directory, folder, file), directory);
      if (text !== null) return { file, text };
    }
    return null;
  },
};

async function filesIn(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

/** Null for what is no text of ours to show: outside, too large, not UTF-8. */
async function textOf(path: string, within: string): Promise<string | null> {
  try {
    const [real, root] = await Promise.all([realpath(path), realpath(within)]);
    if (!real.startsWith(`${root}${sep}`)) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFileUpTo(real, maxBytes));
  } catch (error) {
    if (isAppError(error) || error instanceof TypeError || isAbsence(error)) return null;
    throw error;
  }
}
