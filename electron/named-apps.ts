import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { appHolding } from './adapters/apps/app-holding.ts';
import { appSandbox } from './adapters/apps/app-sandbox.ts';
import { appMarks } from './adapters/apps/app-marks.ts';
import { createAppHistory } from './adapters/apps/app-history.ts';
import { createAppInputs } from './adapters/apps/app-inputs.ts';
import { createAppStore } from './adapters/apps/app-store.ts';
import { createStartScripts } from './adapters/apps/start-scripts.ts';
import { changedAt } from './adapters/files.ts';
import type { AppSandboxPort, AppStorePort } from './core/ports/app-store.ts';
import type { Engine } from './engine.ts';
import { createAppAvailability, type AppAvailability } from './services/app-availability.ts';
import { createAppPast, type AppPast } from './services/app-past.ts';
import { createAppService, type AppService } from './services/app-service.ts';
import { createStartCommands } from './services/start-commands.ts';

/** The parts for apps. */
export interface NamedApps {
  readonly apps: AppService;
  readonly past: AppPast;
  readonly availability: AppAvailability;
  readonly appStore: AppStorePort;
  readonly sandbox: AppSandboxPort;
}

/** Joins the parts of apps to an engine. @param cliDir folder of the command line's own files: commands start it */
export function createApps(engine: Engine, cliDir: string): NamedApps {
  const { paths, clock, config, select, store, launch, env } = engine;
  // In a checkout, and in the packed program.
  const programs = ['../../bin/0desk', '../bin/0desk'].map((place) => resolve(cliDir, place));
  const appStore = createAppStore(paths, clock);
  const inputs = createAppInputs(paths);
  const scripts = createStartScripts(paths, env);
  const commands = createStartCommands({
    apps: appStore,
    inputs,
    marks: appMarks,
    scripts,
    launch,
    store,
    sandbox: appSandbox,
    config,
    join,
    programs: programs.filter((place) => existsSync(place)).slice(0, 1),
  });
  const availability = createAppAvailability({ store, changedAt });
  const past = createAppPast({
    apps: appStore,
    history: createAppHistory(clock),
    holding: appHolding,
    availability,
    clock,
  });
  const apps = createAppService({
    apps: appStore,
    past,
    availability,
    inputs,
    scripts,
    commands,
    select,
    config,
    clock,
  });
  return { apps, past, availability, appStore, sandbox: appSandbox };
}
