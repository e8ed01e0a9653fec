import { join } from 'node:path';
import type { LogPort } from '../../core/ports/log.ts';
import type { LockedSettingsPort } from '../../core/ports/settings.ts';
import { readFirstFile } from '../files.ts';
import type { Paths } from '../paths.ts';

const fileName = 'zerodesk-policy';

/**
 * What an administrator has decided for all users: the section `[locked]` of `injector/zerodesk-policy` in the first system
 * directory that has one, with the names of `injector/global`.
 */
export function createLockedSettings(paths: Pick<Paths, 'config'>, log: Pick<LogPort, 'warn'>): LockedSettingsPort {
  const files = paths.config.slice(1).map((directory) => join(directory, 'injector', fileName));
  return {
    async read() {
      if (files.length === 0) return { values: {}, path: null };
      const found = await readFirstFile(files);
      if (found === null) return { values: {}, path: null };
      // Few computers have such a file, and the schemas that it is checked with take longer to load than most commands take.
      const { parseLocked } = await import('./parse-locked.ts');
      const { values, unknown } = parseLocked(new TextDecoder().decode(found.bytes));
      for (const name of unknown) log.warn('a locked setting is not understood', { path: found.path, name });
      return { values, path: found.path };
    },
  };
}
