import { AppError } from '../../shared/errors/app-error.ts';
import { checkNewAppName } from '../core/apps/app-name.ts';
import type { AppRequirements } from '../core/apps/requirements-json.ts';
import { isSameDocument } from '../core/apps/update-report.ts';
import type { AppInputsPort, AppStorePort, StartScriptPort, StoredApp } from '../core/ports/app-store.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import { meetsRestrictions } from '../core/apps/restrictions.ts';
import type { Selections } from '../core/selections/model.ts';
import type { AppAvailability } from './app-availability.ts';
import type { AppPast } from './app-past.ts';
import type { SelectService } from './select-service.ts';
import type { StartCommands } from './start-commands.ts';
import { needsFetch } from './solve-view.ts';

/** What an app is to be started with. */
export interface AppCheck {
  /** `null`: nothing here can be started, so it has to be updated first. */
  readonly selections: Selections | null;
  /** Whether an update should be looked for once the program runs. */
  readonly wantsUpdate: boolean;
}

/** Apps: programs that were given a name, with remembered requirements and selections. @see execution.md 8 */
export interface AppService {
  find(name: string): Promise<StoredApp | null>;
  /**
   * Before anything is downloaded: whether the name is good and free.
   *
   * @returns where its command would be put
   * @throws AppError `bad-app-name`, `app-exists`, `command-exists`
   */
  checkNew(name: string): Promise<{ readonly path: string; readonly isInPath: boolean }>;
  /** Makes the app and its command; if one cannot be made, neither stays. @throws AppError as above */
  add(name: string, requirements: AppRequirements, selections: Selections): Promise<StoredApp>;
  /**
   * What to start it with, without network: the remembered selections as long as they are good. The command that starts it
   * next time need not ask then.
   *
   * @see selection.md 15.5
   */
  check(app: StoredApp): Promise<AppCheck>;
  /** Remembers the result of an update. @returns whether the selections are others than before */
  update(app: StoredApp, requirements: AppRequirements, selections: Selections): Promise<boolean>;
  /** Whether an update is to be looked for unasked: nobody has for as long as a feed counts as fresh. */
  isLookDue(app: StoredApp): Promise<boolean>;
  /** Notes that an update is being looked for, so that it is not looked for again soon. */
  noteAttempt(app: StoredApp): Promise<void>;
  /** @returns the path of a command of that name that is not ours, and stays; else null. @throws AppError `app-missing` */
  remove(name: string): Promise<string | null>;
}

interface Deps {
  readonly apps: AppStorePort;
  readonly inputs: AppInputsPort;
  readonly scripts: StartScriptPort;
  readonly commands: StartCommands;
  readonly past: Pick<AppPast, 'remember'>;
  readonly availability: AppAvailability;
  readonly select: Pick<SelectService, 'local'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly clock: Pick<ClockPort, 'now'>;
}

const attemptIntervalMs = 60 * 60 * 1000;

/** Creates the service. */
export function createAppService(deps: Deps): AppService {
  const { apps, scripts, commands, past } = deps;

  const checkNew = async (name: string): Promise<{ readonly path: string; readonly isInPath: boolean }> => {
    checkNewAppName(name);
    const taken = await apps.directoryOf(name);
    if (taken !== null) throw new AppError('app-exists', { name, path: taken });
    const { path, isTaken, isInPath } = await scripts.place(name);
    if (isTaken) throw new AppError('command-exists', { path });
    return { path, isInPath };
  };

  const isCheckDue = async (name: string): Promise<boolean> => {
    const { freshnessSeconds } = await deps.config.read();
    const now = deps.clock.now();
    const [checked, attempt] = await Promise.all([
      apps.stampedAt(name, 'last-checked'),
      apps.stampedAt(name, 'last-check-attempt'),
    ]);
    if (attempt !== null && now - attempt < attemptIntervalMs) return false;
    return freshnessSeconds > 0 && (checked === null || now - checked >= freshnessSeconds * 1000);
  };

  /** Whether what decides about the selections has changed since they were made. */
  const isOutOfDate = async ({ name, requirements, selections }: StoredApp): Promise<boolean> => {
    if (!meetsRestrictions(selections, requirements.restrictions)) return true;
    const [solved, checked] = await Promise.all([
      apps.stampedAt(name, 'last-solve'),
      apps.stampedAt(name, 'last-checked'),
    ]);
    const sinceMs = Math.max(solved ?? 0, checked ?? 0);
    const { present, lost } = await deps.inputs.find(selections);
    return lost.length > 0 || present.some(({ changedMs }) => changedMs > sinceMs);
  };

  return {
    find: (name) => apps.read(name),
    checkNew,
    async add(name, requirements, selections) {
      const { path } = await checkNew(name);
      const app = await apps.create(name, requirements, selections);
      try {
        await past.remember(app, { cause: 'add', requirements, selections });
        await scripts.write(path, commands.first(app));
      } catch (error) {
        await apps.remove(name).catch(() => undefined);
        throw error;
      }
      return app;
    },
    async check(app) {
      const { name, requirements, selections } = app;
      const startMs = deps.clock.now();
      const isDue = await isCheckDue(name);
      const isHere = await deps.availability.isHere(selections);
      if (isHere && !(await isOutOfDate(app))) {
        await commands.renew(app, selections, startMs);
        return { selections, wantsUpdate: isDue };
      }
      const answer = await deps.select.local(requirements);
      if (answer.status !== 'solved' || answer.tree.some(needsFetch)) {
        const attempt = await apps.stampedAt(name, 'last-check-attempt');
        const isAllowed = attempt === null || deps.clock.now() - attempt >= attemptIntervalMs;
        return { selections: isHere ? selections : null, wantsUpdate: isHere && isAllowed };
      }
      if (!isSameDocument(answer.selections, selections)) {
        await apps.writeSelections(name, answer.selections);
        await past.remember(app, { cause: 'change', requirements, selections: answer.selections });
      }
      await apps.stamp(name, 'last-solve');
      await commands.renew(app, answer.selections, startMs);
      return { selections: answer.selections, wantsUpdate: isDue };
    },
    async update(app, requirements, selections) {
      const { name, selections: before } = app;
      const isChanged = !isSameDocument(before, selections);
      if (isChanged) {
        await apps.writeSelections(name, selections);
        await past.remember(app, { cause: 'update', requirements, selections });
      }
      await apps.writeRequirements(name, requirements);
      await apps.stamp(name, 'last-checked');
      await commands.postpone(app);
      return isChanged;
    },
    async isLookDue({ name }) {
      const { freshnessSeconds } = await deps.config.read();
      const [checked, attempt] = await Promise.all([
        apps.stampedAt(name, 'last-checked'),
        apps.stampedAt(name, 'last-check-attempt'),
      ]);
      const lastMs = Math.max(checked ?? 0, attempt ?? 0);
      return freshnessSeconds > 0 && deps.clock.now() - lastMs >= freshnessSeconds * 1000;
    },
    async noteAttempt(app) {
      await apps.stamp(app.name, 'last-check-attempt');
      await commands.postpone(app);
    },
    async remove(name) {
      const command = await scripts.find(name);
      await apps.remove(name);
      if (command?.isOurs === false) return command.path;
      if (command) await scripts.remove(command.path);
      return null;
    },
  };
}
