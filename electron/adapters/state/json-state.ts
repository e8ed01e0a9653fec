import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { StatePort } from '../../core/ports/state.ts';
import { writeFileAtomically } from '../files.ts';

const maxBytes = 16 * 1024 * 1024;

/** JSON documents `DIR/NAME.json`, each replaced as a whole. */
export function createJsonState(directory: string): StatePort {
  return {
    async read(name) {
      const path = join(directory, `${name}.json`);
      let text: string;
      try {
        text = await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
      try {
        if (text.length > maxBytes) throw new SyntaxError('too large');
        return JSON.parse(text) as unknown;
      } catch {
        await rename(path, join(directory, `${name}.broken`));
        return null;
      }
    },
    async write(name, value) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await writeFileAtomically(join(directory, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`, 0o600);
    },
  };
}
