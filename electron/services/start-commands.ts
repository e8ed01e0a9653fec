import { makeFastLauncher, makeSlowLauncher, mentionedVariables } from '../core/launch/fast-launcher.ts';
import type {
  AppSandboxPort,
  AppInputsPort,
  AppMarksPort,
  AppStorePort,
  StartScriptPort,
  StoredApp,
} from '../core/ports/app-store.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { StorePort } from '../core/ports/store.ts';
import type { Selections } from '../core/selections/model.ts';
import { implementationPaths } from './implementation-paths.ts';
import type { LaunchService } from './launch-service.ts';

/** The commands that start apps, kept such that a start needs nothing of ours. */
export interface StartCommands {
  /**
   * Writes the command of an app anew for what it is started with.
   *
   * @param checkedMs when it was found that these selections are right; milliseconds since 1970
   */
  renew(app: StoredApp, selections: Selections, checkedMs: number): Promise<void>;
  /** The text for an app that has no command yet. */
  first(app: Pick<StoredApp, 'name'>): string;
  /** Says when an update is to be looked for next. */
  postpone(app: Pick<StoredApp, 'name' | 'directory'>): Promise<void>;
}

interface Deps {
  readonly apps: Pick<AppStorePort, 'stampedAt'>;
  readonly inputs: AppInputsPort;
  readonly marks: AppMarksPort;
  readonly scripts: Pick<StartScriptPort, 'find' | 'write'>;
  readonly launch: Pick<LaunchService, 'planner'>;
  readonly store: Pick<StorePort, 'lookup'>;
  readonly sandbox: Pick<AppSandboxPort, 'read'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly join: (...parts: readonly string[]) => string;
  /** The command line of this program. */
  readonly programs: readonly string[];
}

const attemptIntervalMs = 60 * 60 * 1000;

/** Creates the service. */
export function createStartCommands(deps: Deps): StartCommands {
  const { marks, scripts, programs, join } = deps;

  /** What must be there; null where that cannot be seen from outside. */
  const neededBy = async (selections: Selections): Promise<readonly (string | null)[]> => {
    const paths = await implementationPaths(selections, deps.store);
    return selections.selections.map(({ kind, attributes }, index) =>
      kind === 'package' ? (attributes['quick-test-file'] ?? null) : (paths[index] ?? null),
    );
  };

  const postpone = async ({ name, directory }: Pick<StoredApp, 'name' | 'directory'>): Promise<boolean> => {
    const { freshnessSeconds, networkUse } = await deps.config.read();
    if (freshnessSeconds <= 0 || networkUse === 'off-line') return false;
    const checked = (await deps.apps.stampedAt(name, 'last-checked')) ?? 0;
    const attempt = (await deps.apps.stampedAt(name, 'last-check-attempt')) ?? 0;
    const dueMs = Math.max(checked + freshnessSeconds * 1000, attempt + attemptIntervalMs);
    await marks.set(join(directory, marks.names.due), dueMs);
    return true;
  };

  return {
    first: ({ name }) => makeSlowLauncher({ name, programs }),
    async postpone(app) {
      await postpone(app);
    },
    async renew(app, selections, checkedMs) {
      const { name, directory } = app;
      const present = await scripts.find(name);
      // One that a person removed or wrote is left alone.
      if (present?.isOurs !== true) return;
      const inDirectory = (file: string): string => join(directory, file);
      const { present: inputs, absent, lost } = await deps.inputs.find(selections);
      const needed = await neededBy(selections);
      // Without a file to look at only the slow way can tell whether a package is still installed.
      const canBeFast = lost.length === 0 && !needed.includes(null) && (await deps.sandbox.read(app)) === null;
      const plan = canBeFast ? await deps.launch.planner(selections) : null;
      const hasDue = await postpone(app);
      const fast =
        plan &&
        makeFastLauncher({
          name,
          plan,
          mentioned: mentionedVariables(selections),
          needed: needed.filter((path) => path !== null),
          unchanged: [
            inDirectory('selections.xml'),
            inDirectory('requirements.json'),
            ...inputs.map(({ path }) => path),
            // A package that was updated may be another version.
            ...selections.selections.flatMap(({ attributes }) => attributes['quick-test-file'] ?? []),
          ],
          absent: [...absent, inDirectory(marks.names.sandbox)],
          stamp: inDirectory(marks.names.stamp),
          due: hasDue ? inDirectory(marks.names.due) : null,
          lastRun: inDirectory(marks.names.lastRun),
          programs,
        });
      const text = fast ?? makeSlowLauncher({ name, programs });
      if (text !== present.text) await scripts.write(present.path, text);
      await marks.set(inDirectory(marks.names.stamp), checkedMs);
    },
  };
}
