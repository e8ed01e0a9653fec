import type { Answer, InterfaceUri, JobId } from '../../shared/model/index.ts';
import type { AppRequirements } from '../core/apps/requirements-json.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
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
}

interface Deps {
  readonly jobs: JobService;
  readonly steps: JobSteps;
  readonly apps: Pick<AppService, 'checkNew' | 'add' | 'update' | 'noteAttempt'>;
  readonly past: Pick<AppPast, 'lift'>;
  readonly library: Pick<LibraryService, 'add'>;
  readonly onChanged: (what: 'apps' | 'timeline') => void;
}

/** Creates the service. */
export function createAppJobs({ jobs, steps, apps, past, library, onChanged }: Deps): AppJobs {
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
        // Questions wait for the next start.
        const ask = (): Promise<Answer> => Promise.resolve({ trust: [] });
        const context = isBackground ? { ...given, ask } : given;
        if (isBackground) await apps.noteAttempt(found);
        const app = await past.lift(found);
        const { selections } = await choose(app.requirements, true, context);
        await apps.update(app, app.requirements, selections);
        onChanged('apps');
        onChanged('timeline');
      });
    },
  };
}
