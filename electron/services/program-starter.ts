import type { ClockPort } from '../core/ports/clock.ts';
import type { LaunchPlan } from '../core/launch/model.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { ProcessPort, RunningProgram } from '../core/ports/process.ts';
import type { RunLogPort } from '../core/ports/run-log.ts';
import type { Selections } from '../core/selections/model.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { JobContext } from './job-service.ts';
import type { LaunchService } from './launch-service.ts';
import type { LibraryService } from './library-service.ts';
import { watchProgram } from './watch-program.ts';

/** What is to be started; all of it is on this computer. */
export interface ProgramStart {
  readonly name: string;
  readonly selections: Selections;
  readonly args: readonly string[];
  readonly needsTerminal: boolean;
  /** The app that it is, whose sandbox it gets; null if it is none. */
  readonly app: StoredApp | null;
  /** Milliseconds since 1970. */
  readonly clickedAt: number;
  /** Versions by role, for comparing with the next time; null if this start is out of the ordinary. */
  readonly versions: Readonly<Record<string, string>> | null;
}

/** Starts programs from within jobs, which show what they print. */
export interface ProgramStarter {
  /** @throws AppError what planning and starting throw; `program-exited` if it ended with an error at once */
  start(start: ProgramStart, context: JobContext): Promise<void>;
  /** Directory names of the implementations that programs started here are using now. */
  inUse(): ReadonlySet<string>;
}

interface Deps {
  readonly launch: LaunchService;
  readonly processes: Pick<ProcessPort, 'start'>;
  readonly library: LibraryService;
  readonly runLog: Pick<RunLogPort, 'note'>;
  /** Puts an app that is always run apart into its sandbox. @throws AppError `sandbox-missing`, `file-missing`, `bad-settings` */
  readonly apart: (plan: LaunchPlan, app: StoredApp, selections: Selections) => Promise<LaunchPlan>;
  readonly clock: ClockPort;
  readonly log: LogPort;
  readonly onChanged: (what: 'apps') => void;
}

/** Creates the service. */
export function createProgramStarter(deps: Deps): ProgramStarter {
  const { clock, library, log } = deps;
  const running = new Map<RunningProgram, readonly string[]>();
  return {
    async start({ name, selections, args, needsTerminal, app, clickedAt, versions }, context) {
      context.update({ phase: 'starting' });
      const uri = selections.interface;
      const plain = await deps.launch.plan(selections, { args });
      const plan = app === null ? plain : await deps.apart(plain, app, selections);
      context.signal.throwIfAborted();
      const program = await deps.processes.start(plan, { name, inTerminal: needsTerminal });
      const startMs = clock.now() - clickedAt;
      const used = selections.selections.flatMap(({ digests }) => digests);
      running.set(program, used);
      deps.runLog.note({ interface: uri, digests: used });
      void program.ended.then(() => running.delete(program));
      log.info('program started', { interface: uri, pid: program.pid, startMs });
      try {
        if (versions !== null) await library.noteRun(uri, name, versions);
        deps.onChanged('apps');
      } catch (error) {
        // The program runs: that it could not be noted, say on a full disk, is no reason to call it failed.
        log.warn('run not noted', { interface: uri, reason: String(error) });
      }
      await watchProgram({ program, name, startMs, clock, context });
    },
    inUse: () => new Set([...running.values()].flat()),
  };
}
