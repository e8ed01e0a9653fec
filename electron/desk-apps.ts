import { join } from 'node:path';
import { createConditions } from './adapters/conditions/conditions.ts';
import { releaseNotes } from './adapters/notes.ts';
import { startInBackground } from './adapters/process/background-command.ts';
import { createSandboxes } from './adapters/process/sandbox.ts';
import type { LaunchPlan } from './core/launch/model.ts';
import type { StoredApp } from './core/ports/app-store.ts';
import type { Selections } from './core/selections/model.ts';
import type { Engine } from './engine.ts';
import { createApps, type NamedApps } from './named-apps.ts';
import { createAppJobs, type AppJobs } from './services/app-jobs.ts';
import { createAppLookup, type AppLookup } from './services/app-lookup.ts';
import { implementationPaths } from './services/implementation-paths.ts';
import type { JobHistory } from './services/job-history.ts';
import type { JobService } from './services/job-service.ts';
import { createEnvironmentService, type EnvironmentService } from './services/environment-service.ts';
import { createJobSteps, type JobSteps } from './services/job-steps.ts';
import type { LibraryService } from './services/library-service.ts';
import { createMapService, type MapService } from './services/map-service.ts';
import { createProgramStarter, type ProgramStarter } from './services/program-starter.ts';
import { createRunService, toRequirements, type RunService } from './services/run-service.ts';
import { createSandboxService, type SandboxService } from './services/sandbox-service.ts';
import type { SettingsService } from './services/settings-service.ts';
import { createTimelineService, type TimelineService } from './services/timeline-service.ts';
import { createUpdateRules } from './services/update-rules.ts';
import { startUpdateSchedule } from './services/update-schedule.ts';
import { createUpdatesService, type UpdatesService } from './services/updates-service.ts';

/** Running programs, and the apps among them, in the window. */
export interface DeskApps {
  readonly run: RunService;
  readonly starter: ProgramStarter;
  readonly lookup: AppLookup;
  readonly appJobs: AppJobs;
  readonly timeline: TimelineService;
  readonly updates: UpdatesService;
  readonly sandbox: SandboxService;
  readonly environments: EnvironmentService;
  readonly maps: MapService;
  readonly named: NamedApps;
  readonly steps: JobSteps;
  /** Looks for updates now and then. @returns what ends it */
  watchForUpdates(): () => void;
}

interface Options {
  readonly cliDir: string;
  readonly jobs: JobService;
  readonly history: JobHistory;
  readonly library: LibraryService;
  readonly settings: SettingsService;
  readonly onChanged: (what: 'apps' | 'solve' | 'cache' | 'timeline') => void;
}

/** Joins these parts to an engine. */
export function createDeskApps(
  engine: Engine,
  { cliDir, jobs, history, library, settings, onChanged }: Options,
): DeskApps {
  const { clock, log, select, feeds, fetch, launch, processes, store, runLog, env, readFeed } = engine;
  const named = createApps(engine, cliDir);
  const { apps, past, appStore } = named;
  const lookup = createAppLookup({ apps: appStore, usual: (uri) => toRequirements({ interface: uri }), log });
  const steps = createJobSteps({ select, fetch, library, clock, log, onChanged });
  const sandboxes = createSandboxes(engine.paths, env);
  const conditions = createConditions(env);
  const rules = createUpdateRules({ settings, conditions, clock });
  const apart = async (plan: LaunchPlan, app: StoredApp, selections: Selections): Promise<LaunchPlan> => {
    const allowed = await named.sandbox.read(app);
    if (allowed === null) return plan;
    const needed = (await implementationPaths(selections, store)).filter((path) => path !== null);
    return sandboxes.wrap(plan, { interfaceUri: selections.interface, needed, settings: allowed });
  };
  const starter = createProgramStarter({
    launch,
    processes,
    library,
    runLog,
    apart,
    clock,
    log,
    onChanged,
  });
  const appJobs = createAppJobs({ jobs, steps, apps, past, library, log, onChanged });
  const run = createRunService({
    jobs,
    history,
    steps,
    starter,
    apps: {
      of: (uri) => lookup.of(uri),
      check: (app) => apps.check(app),
      update: async (app, selections) => {
        await apps.update(app, app.requirements, selections);
        onChanged('timeline');
      },
      updateLater: (app) => {
        void rules.obstacle().then((obstacle) => {
          if (obstacle === null) appJobs.update(app, true);
        });
      },
    },
    feeds,
    readFeed,
    library,
    clock,
    log,
    onChanged,
  });
  const onAppChanged = (): void => {
    for (const what of ['timeline', 'apps', 'solve'] as const) onChanged(what);
  };
  const timeline = createTimelineService({ ...named, apps: appStore, run, readFeed, onChanged: onAppChanged });
  const updates = createUpdatesService({
    apps: appStore,
    past,
    select,
    store,
    appJobs,
    notes: releaseNotes,
    conditions,
    summary: (app) => timeline.summary(app),
    titleOf: (uri) => timeline.titleOf(uri),
    onChanged: onAppChanged,
  });
  const isDue = async (): Promise<boolean> => {
    if ((await rules.obstacle()) !== null) return false;
    for (const name of await appStore.names()) {
      const app = await apps.find(name).catch(() => null);
      if (app && (await apps.isLookDue(app))) return true;
    }
    return false;
  };
  return {
    run,
    starter,
    lookup,
    appJobs,
    timeline,
    updates,
    sandbox: createSandboxService({
      apps: appStore,
      sandbox: named.sandbox,
      isAvailable: () => sandboxes.isAvailable(),
      onChanged: () => {
        onChanged('timeline');
      },
    }),
    environments: createEnvironmentService({
      lookup,
      select,
      launch,
      readFeed,
      sandboxOf: (app) => named.sandbox.read(app),
      apart,
    }),
    maps: createMapService({ library, apps: appStore, select, store, readFeed, log }),
    named,
    steps,
    watchForUpdates: () =>
      startUpdateSchedule({
        clock,
        isDue,
        look: (onEnd) => {
          const words = [join(cliDir, '0desk.js'), 'update', '--console', '--all', '--dry-run', '--background'];
          startInBackground([process.execPath, ...words], { env, onEnd });
        },
        onChanged: onAppChanged,
        log,
      }),
  };
}
