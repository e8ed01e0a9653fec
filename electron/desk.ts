import { join } from 'node:path';
import { createAppSelections } from './adapters/apps/app-selections.ts';
import { createCatalogSources } from './adapters/config/catalog-sources.ts';
import { createStoreFolders } from './adapters/config/store-folders.ts';
import { createStoreUsers } from './adapters/process/store-users.ts';
import { createFeedState } from './adapters/feeds/feed-state.ts';
import { createUrlFiles } from './adapters/url-files/url-files.ts';
import { readFileUpTo } from './adapters/read-file.ts';
import { changedAt } from './adapters/files.ts';
import { systemClock } from './adapters/clock.ts';
import { createConditions } from './adapters/conditions/conditions.ts';
import { createJsonState } from './adapters/state/json-state.ts';
import { defaultMirror } from './core/trust/mirror.ts';
import type { StatePort } from './core/ports/state.ts';
import type { EventData } from '../shared/ipc/contract.ts';
import { createEngine, samplesHost, type Engine, type EngineOptions } from './engine.ts';
import { createAppsService, type AppsService } from './services/apps-service.ts';
import { createCacheService, type CacheService } from './services/cache-service.ts';
import { createCleanUp } from './clean-up.ts';
import { createDeskApps, type DeskApps } from './desk-apps.ts';
import { createIntegrations } from './integrations.ts';
import type { IntegrateService } from './services/integrate-service.ts';
import { createShareJobs, type ShareJobs } from './services/share-jobs.ts';
import type { ShareService } from './services/share-service.ts';
import { createSharing, isRegisteringDue, neededOfShared } from './sharing.ts';
import { createCatalogService } from './services/catalog-service.ts';
import { createChangeService, type ChangeService } from './services/change-service.ts';
import { createComponentService, type ComponentService } from './services/component-service.ts';
import { createDecisionService, type DecisionService } from './services/decision-service.ts';
import { createDiffService, type DiffService } from './services/diff-service.ts';
import { createParsedCatalogs } from './services/parsed-catalogs.ts';
import { createPersonLanguages } from './services/person-languages.ts';
import { createMeteredWatch } from './services/metered-watch.ts';
import { createImpactService, type ImpactService } from './services/impact-service.ts';
import { createJobHistory } from './services/job-history.ts';
import { createProfiles } from './profiles.ts';
import { createJobService, type JobService } from './services/job-service.ts';
import { createLibraryService } from './services/library-service.ts';
import { createLocalFeeds, type LocalFeeds } from './services/local-feeds.ts';
import { createPresetService, type PresetService } from './services/preset-service.ts';
import { createPlacesService, type PlacesService } from './services/places-service.ts';
import { createProfileDesk, type ProfileDesk } from './services/profile-desk.ts';
import { createProgramService, type ProgramService } from './services/program-service.ts';
import { createSearchService, type SearchService } from './services/search-service.ts';
import { createRepairService } from './services/repair-service.ts';
import { createSettingsService, type SettingsService } from './services/settings-service.ts';
import { createTrustDependents } from './services/trust-dependents.ts';
import { createVerificationLog } from './services/verification-log.ts';
import { createTrustService, type TrustService } from './services/trust-service.ts';
import { watchPreferences } from './services/watched-preferences.ts';
import { createUndoService, type UndoService } from './services/undo-service.ts';

/** What another part or process may have changed. */
export type Changed = EventData<'state.changed'>['what'];

/** The engine and what only a window needs: jobs, tiles, the cache page, settings. */
export interface Desk extends Engine, Omit<DeskApps, 'lookup' | 'starter' | 'steps'> {
  readonly jobs: JobService;
  readonly apps: AppsService;
  readonly changes: ChangeService;
  readonly impact: ImpactService;
  readonly presets: PresetService;
  readonly localFeeds: LocalFeeds;
  readonly components: ComponentService;
  readonly decisions: DecisionService;
  readonly cache: CacheService;
  readonly programs: ProgramService;
  readonly diffs: DiffService;
  readonly settings: SettingsService;
  readonly trust: TrustService;
  readonly undo: UndoService;
  readonly integrations: IntegrateService;
  readonly places: PlacesService;
  readonly searches: SearchService;
  readonly sharing: ShareService;
  readonly shareJobs: ShareJobs;
  readonly profiles: ProfileDesk;
  readonly state: StatePort;
  /** Once a day the shared store hears what this user needs of it. */
  registerNeeds(): Promise<void>;
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
  const { clock, log, config, solver, select, feeds, fetch, store, feedCache } = engine;
  const cacheDir = engine.paths.cache[0] ?? '';
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
  const deskApps = createDeskApps(engine, {
    cliDir: options.cliDir ?? '/',
    jobs,
    history,
    library,
    settings,
    onChanged,
  });
  const { lookup, starter, run, named, steps } = deskApps;
  const restored = history.load((entry) => run.restore(entry));
  const integrations = createIntegrations(engine, options.cliDir ?? '/', {
    onChanged: () => {
      onChanged('apps');
    },
  });
  const users = createStoreUsers();
  const inUse = (): ReadonlySet<string> => new Set([...users.inUse(), ...starter.inUse()]);
  const cleanUp = createCleanUp(engine, { library, inUse });
  const impact = createImpactService({
    solver,
    select,
    feedState: createFeedState(engine.paths),
    library,
    lookup,
    titleOf: (uri) => deskApps.timeline.titleOf(uri),
    updates: deskApps.updates,
    run,
    jobs,
    state,
    log,
    onChanged: () => {
      onChanged('impact');
    },
  });
  engine.onFeed((url) => {
    impact.noteChanged(url);
  });
  const preferences = watchPreferences(engine.preferences, (name) => {
    impact.noteChanged(name);
  });
  // Programs that were run, added or updated, or updated feeds of another process.
  listeners.add((what) => {
    if (what === 'apps' || what === 'timeline') impact.look();
    if (what === 'cache') impact.noteStored();
  });
  const localFeeds = createLocalFeeds();
  const changes = createChangeService({
    preferences,
    config,
    feeds,
    readFeed: engine.readFeed,
    jobs,
    lookup,
    past: named.past,
    undo,
    onSettings: () => {
      onChanged('settings');
    },
    onChanged,
  });
  const verifications = createVerificationLog({ state, clock, log });
  const cache = createCacheService({
    store,
    verifications,
    cleanUp,
    repairs: createRepairService({ solver, feedCache, select, fetch }),
    jobs,
    inUse,
    onChanged,
  });
  const sharing = createSharing(engine, options.cliDir ?? '/');
  const sources = createCatalogSources(engine.paths);
  const catalogs = createCatalogService({
    signedDocuments: feeds.signedDocuments,
    catalogs: createUrlFiles(join(cacheDir, 'catalogs')),
    parsed: createParsedCatalogs({ files: createUrlFiles(join(cacheDir, 'zerodesk-catalogs')), log }),
    icons: createUrlFiles(join(cacheDir, 'interface_icons')),
    http: engine.http,
    config,
    isLocalUrl: (url) => new URL(url).host === samplesHost,
    readLocal: readFileUpTo,
    languages: personLanguages.forTexts,
    log,
  });
  return {
    ...engine,
    jobs,
    undo,
    ...deskApps,
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
    apps: createAppsService({
      catalogs,
      sources,
      samples: { name: 'Sample programs', url: `https://${samplesHost}/catalog.xml` },
      library,
      lookup,
      select,
      feedCache,
      settings,
      integrated: async () => new Set((await integrations.list()).flatMap(({ uri }) => (uri === null ? [] : [uri]))),
      jobs,
      undo,
      onChanged,
    }),
    changes,
    impact,
    localFeeds,
    presets: createPresetService({
      solver,
      select,
      config,
      preferences,
      library,
      lookup,
      past: named.past,
      changes,
      localFeeds,
    }),
    components: createComponentService({
      solver,
      select,
      preferences,
      feeds,
      feedCache,
      library,
      lookup,
      changedAt,
    }),
    decisions: createDecisionService({ solver, select, lookup, trustDb: engine.trustDb }),
    cache,
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
    diffs: createDiffService({ solver, store }),
    places: createPlacesService({
      sources,
      folders: createStoreFolders(engine.paths),
      stores: () => store.directories(),
      catalogs,
      jobs,
      undo,
      onChanged,
    }),
    searches: createSearchService({ select, http: engine.http, mirror: defaultMirror }),
    sharing,
    shareJobs: createShareJobs({
      sharing,
      jobs,
      onChanged: () => {
        for (const what of ['cache', 'apps', 'solve'] as const) onChanged(what);
      },
    }),
    async registerNeeds() {
      if (await isRegisteringDue(engine)) await sharing.register(await neededOfShared(engine, cleanUp));
    },
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
