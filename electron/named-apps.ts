import { createAppInputs } from './adapters/apps/app-inputs.ts';
import { createAppStore } from './adapters/apps/app-store.ts';
import { createStartScripts } from './adapters/apps/start-scripts.ts';
import { changedAt } from './adapters/files.ts';
import type { AppStorePort } from './core/ports/app-store.ts';
import type { Engine } from './engine.ts';
import { createAppService, type AppService } from './services/app-service.ts';

/** Joins the parts of apps to an engine. */
export function createApps(engine: Engine): { readonly apps: AppService; readonly appStore: AppStorePort } {
  const { paths, clock, config, select, store, env } = engine;
  const appStore = createAppStore(paths, clock);
  const apps = createAppService({
    apps: appStore,
    inputs: createAppInputs(paths),
    scripts: createStartScripts(paths, env),
    select,
    store,
    changedAt,
    config,
    clock,
  });
  return { apps, appStore };
}
