import { createFeedState } from './adapters/feeds/feed-state.ts';
import { changedAt } from './adapters/files.ts';
import type { PreferencesPort } from './core/ports/preferences.ts';
import type { StatePort } from './core/ports/state.ts';
import type { DeskApps } from './desk-apps.ts';
import type { Engine } from './engine.ts';
import { createChangeService, type ChangeService } from './services/change-service.ts';
import { createComponentService, type ComponentService } from './services/component-service.ts';
import { createDecisionService, type DecisionService } from './services/decision-service.ts';
import { createImpactService, type ImpactService } from './services/impact-service.ts';
import type { JobService } from './services/job-service.ts';
import type { LibraryService } from './services/library-service.ts';
import { createLocalFeeds, type LocalFeeds } from './services/local-feeds.ts';
import { createPresetService, type PresetService } from './services/preset-service.ts';
import type { UndoService } from './services/undo-service.ts';
import { watchPreferences } from './services/watched-preferences.ts';

/** What a person wants of versions, what is chosen then, and what must be known of it. */
export interface DeskChoices {
  /** Those of the engine; what changes in them is looked at. */
  readonly preferences: PreferencesPort;
  readonly changes: ChangeService;
  readonly presets: PresetService;
  readonly localFeeds: LocalFeeds;
  readonly components: ComponentService;
  readonly decisions: DecisionService;
  readonly impact: ImpactService;
}

interface Options {
  readonly jobs: JobService;
  readonly undo: UndoService;
  readonly library: LibraryService;
  readonly state: StatePort;
  readonly deskApps: Pick<DeskApps, 'lookup' | 'named' | 'run' | 'timeline' | 'updates'>;
  readonly onChanged: (what: 'settings' | 'solve' | 'apps' | 'timeline' | 'impact') => void;
}

/** Joins these parts to an engine. */
export function createDeskChoices(
  engine: Engine,
  { jobs, undo, library, state, deskApps, onChanged }: Options,
): DeskChoices {
  const { config, log, solver, select, feeds, feedCache, readFeed, trustDb } = engine;
  const { lookup, named, run, timeline, updates } = deskApps;
  const { past } = named;
  const impact = createImpactService({
    solver,
    select,
    feedState: createFeedState(engine.paths),
    library,
    lookup,
    past,
    titleOf: (uri) => timeline.titleOf(uri),
    updates,
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
  const localFeeds = createLocalFeeds();
  const changes = createChangeService({
    preferences,
    config,
    feeds,
    readFeed,
    jobs,
    lookup,
    past,
    undo,
    onSettings: () => {
      onChanged('settings');
    },
    onChanged,
  });
  return {
    preferences,
    changes,
    presets: createPresetService({
      solver,
      select,
      config,
      preferences,
      library,
      lookup,
      past,
      changes,
      localFeeds,
    }),
    localFeeds,
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
    decisions: createDecisionService({ solver, select, lookup, trustDb }),
    impact,
  };
}
