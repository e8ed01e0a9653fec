import type { Answer, InterfaceUri, JobId } from '../../shared/model/index.ts';
import type { AppRequirements } from '../core/apps/requirements-json.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { AppPast } from './app-past.ts';
import type { AppService } from './app-service.ts';
import type { JobContext, JobService } from './job-service.ts';
import type { JobSteps } from './job-steps.ts';
import type { LibraryService } from './library-service.ts';
import { toRequirements } from './run-service.ts';

/** Making and updating apps, as jobs of the window. */
export interface AppJobs {
  /** Downloads a program and gives it a name that remembers what it is started with. */
  add(name: string, uri: string): JobId;
  /**
   * Looks for an update of an app and takes it.
   *
   * @param isBackground asks nothing: whatever needs an answer waits for the next start
   */
  update(app: StoredApp, isBackground: boolean): JobId;
  /** Takes what is selected for an app from the feeds that are here, or with `isTaken` false only downloads it. */
  take(app: StoredApp, isTaken: boolean): JobId;
  /** Fetches the feeds of apps again. One that fails is told by `list`, and stops none of the others. */
  look(find: () => Promise<readonly StoredApp[]>): JobId;
}

/** Questions wait until somebody is there. */
const askNobody = (): Promise<Answer> => Promise.resolve({ trust: [] });

interface Deps {
  readonly jobs: JobService;
  readonly steps: JobSteps;
  readonly apps: Pick<AppService, 'checkNew' | 'add' | 'update' | 'noteAttempt'>;
  readonly past: Pick<AppPast, 'lift'>;
  readonly library: Pick<LibraryService, 'add'>;
  readonly log: LogPort;
  readonly onChanged: (what: 'apps' | 'timeline') => void;
}

/** Creates the service. */
export function createAppJobs({ jobs, steps, apps, past, library, log, onChanged }: Deps): AppJobs {
  const choose = async (requirements: AppRequirements, refresh: boolean, context: JobContext) => {
    const board = await steps.board(context, requirements.interface);
    const { answer } = await steps.select({ requirements, mode: 'download', refresh }, context, board);
    await steps.fetch(answer, context, board);
    return answer;
  };
  return {
    add: (name, uri) => {
      const request = { kind: 'app-add', interface: uri as InterfaceUri, title: name, phase: 'selecting' } as const;
      return jobs.start(request, async (context) => {
        // Before anything is downloaded for nothing.
        await apps.checkNew(name);
        const requirements = { ...toRequirements({ interface: uri }), message: null };
        const answer = await choose(requirements, false, context);
        await apps.add(name, requirements, answer.selections);
        await library.add(uri, answer.tree[0]?.name ?? name);
        onChanged('apps');
        onChanged('timeline');
      });
    },
    update: (found, isBackground) => {
      const uri = isBackground ? null : (found.requirements.interface as InterfaceUri);
      const request = { kind: 'app-update', interface: uri, title: found.name, phase: 'refreshing' } as const;
      return jobs.start(request, async (given) => {
        const context = isBackground ? { ...given, ask: askNobody } : given;
        if (isBackground) await apps.noteAttempt(found);
        const app = await past.lift(found);
        const { selections } = await choose(app.requirements, true, context);
        await apps.update(app, app.requirements, selections);
        onChanged('apps');
        onChanged('timeline');
      });
    },
    take: (app, isTaken) => {
      const { requirements } = app;
      const uri = requirements.interface as InterfaceUri;
      const kind = isTaken ? 'app-update' : 'download';
      return jobs.start({ kind, interface: uri, title: app.name, phase: 'selecting' }, async (context) => {
        const { selections } = await choose(requirements, false, context);
        if (isTaken) await apps.update(app, requirements, selections);
        onChanged('apps');
        onChanged('timeline');
      });
    },
    look: (find) =>
      jobs.start({ kind: 'app-look', interface: null, title: '', phase: 'refreshing' }, async (context) => {
        for (const { name, requirements } of await find()) {
          const board = await steps.board(context, requirements.interface);
          try {
            await steps.select({ requirements, mode: 'download', refresh: true }, context, board);
          } catch (error) {
            context.signal.throwIfAborted();
            log.info('no update found', { app: name, reason: String(error) });
          }
          onChanged('timeline');
        }
      }),
  };
}
