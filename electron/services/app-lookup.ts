import type { AppStorePort, StoredApp } from '../core/ports/app-store.ts';
import type { LogPort } from '../core/ports/log.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import type { Requirements } from '../core/select/model.ts';

/** Which programs have an app: a click on one starts what the app remembers, in the window as in a terminal. */
export interface AppLookup {
  /** The app of a program by its address; null if there is none. Of several the first by name counts. */
  of(uri: string): Promise<StoredApp | null>;
  /** The apps of all programs that have one, by the program's address. */
  all(): Promise<ReadonlyMap<string, StoredApp>>;
  /** What is asked for when a program is started: its app's requirements, or the usual ones. */
  requirementsOf(uri: string): Promise<Requirements>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'names' | 'read' | 'readRequirements'>;
  readonly usual: (uri: string) => Requirements;
  readonly log: LogPort;
}

/** Creates the service. */
export function createAppLookup({ apps, usual, log }: Deps): AppLookup {
  const find = async (uri: string): Promise<{ readonly name: string; readonly requirements: Requirements } | null> => {
    for (const name of await apps.names()) {
      const requirements = await readable(name, apps.readRequirements);
      if (requirements?.interface === uri && isUsual(requirements)) return { name, requirements };
    }
    return null;
  };
  /** A damaged app must not keep other programs from starting. */
  const readable = async <T>(name: string, read: (name: string) => Promise<T | null>): Promise<T | null> => {
    try {
      return await read(name);
    } catch (error) {
      if (!isAppError(error)) throw error;
      log.warn('app not read', { name, code: error.code });
      return null;
    }
  };
  return {
    async of(uri) {
      const found = await find(uri);
      return found && readable(found.name, apps.read);
    },
    async all() {
      const names = new Map<string, string>();
      for (const name of await apps.names()) {
        const requirements = await readable(name, apps.readRequirements);
        if (requirements === null || !isUsual(requirements) || names.has(requirements.interface)) continue;
        names.set(requirements.interface, name);
      }
      const all = new Map<string, StoredApp>();
      for (const [uri, name] of names) {
        const app = await readable(name, apps.read);
        if (app !== null) all.set(uri, app);
      }
      return all;
    },
    requirementsOf: async (uri) => (await find(uri))?.requirements ?? usual(uri),
  };
}

/** Whether this is what a click on a program asks for. */
function isUsual({ command, isSource }: Requirements): boolean {
  return command === 'run' && !isSource;
}
