import { dirname, isAbsolute, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { checkNewAppName } from '../../core/apps/app-name.ts';
import { aliasScript, readAlias } from '../../core/desktop/alias-script.ts';
import type { EntryContext } from '../../core/desktop/linux-entries.ts';
import { type DesktopTarget, identityOf } from '../../core/desktop/program.ts';
import type { StartScriptPort } from '../../core/ports/app-store.ts';
import type { Integration } from '../../core/ports/desktop.ts';
import { writeFileAtomically } from '../files.ts';
import { lookAt, namesIn, removeFile } from './entry-files.ts';

const maxScriptBytes = 8192;

/** Commands that start programs by names of their own. */
export interface Aliases {
  list(): Promise<readonly Integration[]>;
  /** @throws AppError `bad-app-name`, `command-exists`, `bad-url` and what writing throws */
  write(
    name: string,
    target: DesktopTarget,
    context: Pick<EntryContext, 'command' | 'hasReference'>,
  ): Promise<Integration>;
  remove(path: string): Promise<void>;
}

/** Keeps them where the commands of apps are. @see execution.md 8.4, 10 */
export function createAliases(home: string, scripts: Pick<StartScriptPort, 'place'>): Aliases {
  return {
    async list() {
      const { path } = await scripts.place('x');
      const folders = new Set([dirname(path), join(home, '.local/bin'), join(home, 'bin')]);
      const found: Integration[] = [];
      for (const folder of folders) {
        for (const name of await namesIn(folder)) {
          const path = join(folder, name);
          const target = await targetOf(path);
          if (target !== null) found.push({ kind: 'alias', ...target, name, path, isRemovable: true });
        }
      }
      return found;
    },
    async write(name, target, context) {
      checkNewAppName(name);
      const { path, isTaken } = await scripts.place(name);
      const present = isTaken ? await targetOf(path) : null;
      if (isTaken && (present === null || identityOf(present) !== identityOf(target))) {
        throw new AppError('command-exists', { path });
      }
      await writeFileAtomically(path, aliasScript(target, context), 0o755);
      return { kind: 'alias', ...target, name, path, isRemovable: true };
    },
    async remove(path) {
      // It may have become another command since it was listed.
      if ((await targetOf(path)) !== null) await removeFile(path);
    },
  };
}

/** What an alias starts; null if the file is none. */
async function targetOf(path: string): Promise<Pick<Integration, 'uri' | 'app'> | null> {
  const found = await lookAt(path, maxScriptBytes);
  const started = found.what === 'text' ? readAlias(found.text) : null;
  if (started === null) return null;
  // Of an app only the name is in the script.
  return /^https?:/.test(started) || isAbsolute(started) ? { uri: started, app: null } : { uri: null, app: started };
}
