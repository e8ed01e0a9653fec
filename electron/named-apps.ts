import { join } from 'node:path';
import { appSandbox } from './adapters/apps/app-sandbox.ts';
import { appMarks } from './adapters/apps/app-marks.ts';
import { createAppHistory } from './adapters/apps/app-history.ts';
import { createAppInputs } from './adapters/apps/app-inputs.ts';
import { createAppStore } from './adapters/apps/app-store.ts';
import { createStartScripts } from './adapters/apps/start-scripts.ts';
import { changedAt } from './adapters/files.ts';
import type { AppSandboxPort, AppStorePort } from './core/ports/app-store.ts';
import type { Engine } from './engine.ts';
import { createAppService, type AppService } from './services/app-service.ts';
import { createStartCommands } from './services/start-commands.ts';

/**
 * Joins the parts of apps to an engine.
 *
 * @param programs the command line of this program, for commands that start apps
 */
export function createApps(
  engine: Engine,
  programs: readonly string[],
): { readonly apps: AppService; readonly appStore: AppStorePort; readonly sandbox: AppSandboxPort } {
  const { paths, clock, config, select, store, launch, env } = engine;
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
    programs,
  });
  const history = createAppHistory(clock);
  const apps = createAppService({
    apps: appStore,
    history,
    inputs,
    scripts,
    commands,
    select,
    store,
    changedAt,
    config,
    clock,
  });
  return { apps, appStore, sandbox: appSandbox };
}
