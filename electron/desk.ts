import { createAppSelections } from './adapters/apps/app-selections.ts';
import { systemClock } from './adapters/clock.ts';
import { createConditions } from './adapters/conditions/conditions.ts';
import { createJsonState } from './adapters/state/json-state.ts';
import type { StatePort } from './core/ports/state.ts';
import { createDeskApps, type DeskApps } from './desk-apps.ts';
import { createDeskCatalogs, type DeskCatalogs } from './desk-catalogs.ts';
import { createDeskChoices, type DeskChoices } from './desk-choices.ts';
import { createDeskStorage, type DeskStorage } from './desk-storage.ts';
import { createEngine, type Engine, type EngineOptions } from './engine.ts';
import { createIntegrations } from './integrations.ts';
import { createProfiles } from './profiles.ts';
import type { IntegrateService } from './services/integrate-service.ts';
import { createJobHistory } from './services/job-history.ts';
import { createJobService, type JobService } from './services/job-service.ts';
import { createLibraryService } from './services/library-service.ts';
import { createMeteredWatch } from './services/metered-watch.ts';
import { createPersonLanguages } from './services/person-languages.ts';
import { createProfileDesk, type ProfileDesk } from './services/profile-desk.ts';
import { createProgramService, type ProgramService } from './services/program-service.ts';
import { createSettingsService, type SettingsService } from './services/settings-service.ts';
import { createTrustDependents } from './services/trust-dependents.ts';
import { createTrustService, type TrustService } from './services/trust-service.ts';
import { createUndoService, type UndoService } from './services/undo-service.ts';
import type { EventData } from '../shared/ipc/contract.ts';

/** What another part or process may have changed. */
export type Changed = EventData<'state.changed'>['what'];

/** The engine and what only a window needs: jobs, tiles, the cache page, settings. */
export interface Desk
  extends
    Engine,
    Omit<DeskApps, 'lookup' | 'starter' | 'steps'>,
    Omit<DeskChoices, 'preferences'>,
    Omit<DeskStorage, 'verifications'>,
    DeskCatalogs {
  readonly jobs: JobService;
  readonly programs: ProgramService;
  readonly settings: SettingsService;
  readonly trust: TrustService;
  readonly undo: UndoService;
  readonly integrations: IntegrateService;
  readonly profiles: ProfileDesk;
  readonly state: StatePort;
  /** Returns its undo. */
  onChanged(listener: (what: Changed) => void): () => void;
}

/** What a desk is made of. */
export interface DeskOptions extends EngineOptions {
  /** Folder of the command line's own files: menu entries start it. Without it they start `0desk`, wherever that is. */
  readonly cliDir?: string;
}

/** Joins the window's parts to an engine. */
export function createDesk(options: DeskOptions): Desk {
  const isMetered = createMeteredWatch(createConditions(options.env), systemClock);
  const personLanguages = createPersonLanguages(options.env);
  const engine = createEngine({ isMetered, personLanguages, ...options });
  const { clock, log, config, solver, select, feeds, store, feedCache } = engine;
  const cliDir = options.cliDir ?? '/';
  const listeners = new Set<(what: Changed) => void>();
  const onChanged = (what: Changed): void => {
    for (const listener of listeners) listener(what);
  };
  const state = createJsonState(engine.paths.state);
  const jobs = createJobService({ clock, log });
  const undo = createUndoService();
  const library = createLibraryService({ state, clock });
  const settings = createSettingsService({
    config,
    locked: engine.lockedSettings,
    state,
    onChanged: () => {
      void useSettings().then(() => {
        for (const what of ['settings', 'apps', 'solve'] as const) onChanged(what);
      });
    },
  });
  /** Tells those that need them at once. */
  const useSettings = async (): Promise<void> => {
    try {
      const now = await settings.get();
      engine.rateLimit.set(now.maxBytesPerSecond);
      personLanguages.note(now);
    } catch (error) {
      log.warn('settings not read', { reason: String(error) });
    }
  };
  void useSettings();
  const history = createJobHistory({ jobs, state, clock, log });
  const deskApps = createDeskApps(engine, { cliDir, jobs, history, library, settings, onChanged });
  const { lookup, run, named, steps } = deskApps;
  const restored = history.load((entry) => run.restore(entry));
  const integrations = createIntegrations(engine, cliDir, {
    onChanged: () => {
      onChanged('apps');
    },
  });
  const shared = { jobs, undo, library, state, settings, deskApps, onChanged };
  const choices = createDeskChoices(engine, shared);
  const { impact, preferences } = choices;
  // Programs that were run, added or updated, or updated feeds of another process.
  listeners.add((what) => {
    if (what === 'apps' || what === 'timeline') impact.look();
    if (what === 'cache') impact.noteStored();
  });
  const storage = createDeskStorage(engine, { ...shared, cliDir });
  const { cache, verifications } = storage;
  return {
    ...engine,
    ...deskApps,
    ...choices,
    ...storage,
    ...createDeskCatalogs(engine, { ...shared, integrations, personLanguages }),
    jobs,
    undo,
    state,
    settings,
    trust: createTrustService({
      trustDb: engine.trustDb,
      keys: engine.keys,
      feedCache,
      dependents: createTrustDependents({
        library,
        apps: createAppSelections(engine.paths),
        readFeed: engine.readFeed,
        log,
      }),
      log,
      onChanged: () => {
        onChanged('trust');
      },
    }),
    programs: createProgramService({
      lookup,
      select,
      solver,
      store,
      feeds,
      readFeed: engine.readFeed,
      integrations,
      verifiedAt: () => verifications.read(),
      isDamaged: (entry) => cache.isDamaged(entry),
      languages: personLanguages.forTexts,
    }),
    integrations,
    profiles: createProfileDesk({
      ...createProfiles({ ...engine, preferences }, { named, library, integrations }),
      jobs,
      steps,
      onChanged: () => {
        for (const what of ['timeline', 'apps', 'solve', 'trust'] as const) onChanged(what);
      },
    }),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await restored;
      await impact.close();
      await jobs.close();
      await history.close();
      listeners.clear();
      await engine.close();
    },
  };
}
