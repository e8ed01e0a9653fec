import { join } from 'node:path';
import { createCatalogSources } from './adapters/config/catalog-sources.ts';
import { createStoreFolders } from './adapters/config/store-folders.ts';
import { readFileUpTo } from './adapters/read-file.ts';
import { createUrlFiles } from './adapters/url-files/url-files.ts';
import { defaultMirror } from './core/trust/mirror.ts';
import type { DeskApps } from './desk-apps.ts';
import { samplesHost, type Engine } from './engine.ts';
import { createAppsService, type AppsService } from './services/apps-service.ts';
import { createCatalogService } from './services/catalog-service.ts';
import type { IntegrateService } from './services/integrate-service.ts';
import type { JobService } from './services/job-service.ts';
import type { LibraryService } from './services/library-service.ts';
import { createParsedCatalogs } from './services/parsed-catalogs.ts';
import type { PersonLanguages } from './services/person-languages.ts';
import { createPlacesService, type PlacesService } from './services/places-service.ts';
import { createSearchService, type SearchService } from './services/search-service.ts';
import type { SettingsService } from './services/settings-service.ts';
import type { UndoService } from './services/undo-service.ts';

/** Which programs there are, and where they come from. */
export interface DeskCatalogs {
  readonly apps: AppsService;
  readonly places: PlacesService;
  readonly searches: SearchService;
}

interface Options {
  readonly jobs: JobService;
  readonly undo: UndoService;
  readonly library: LibraryService;
  readonly settings: SettingsService;
  readonly deskApps: Pick<DeskApps, 'lookup'>;
  readonly integrations: IntegrateService;
  readonly personLanguages: PersonLanguages;
  readonly onChanged: (what: 'apps' | 'cache' | 'solve') => void;
}

/** Joins these parts to an engine. */
export function createDeskCatalogs(
  engine: Engine,
  { jobs, undo, library, settings, deskApps, integrations, personLanguages, onChanged }: Options,
): DeskCatalogs {
  const { config, feedCache, feeds, http, log, paths, select, store } = engine;
  const cacheDir = paths.cache[0] ?? '';
  const sources = createCatalogSources(paths);
  const catalogs = createCatalogService({
    signedDocuments: feeds.signedDocuments,
    catalogs: createUrlFiles(join(cacheDir, 'catalogs')),
    parsed: createParsedCatalogs({ files: createUrlFiles(join(cacheDir, 'zerodesk-catalogs')), log }),
    icons: createUrlFiles(join(cacheDir, 'interface_icons')),
    http,
    config,
    isLocalUrl: (url) => new URL(url).host === samplesHost,
    readLocal: readFileUpTo,
    languages: personLanguages.forTexts,
    log,
  });
  return {
    apps: createAppsService({
      catalogs,
      sources,
      samples: { name: 'Sample programs', url: `https://${samplesHost}/catalog.xml` },
      library,
      lookup: deskApps.lookup,
      select,
      feedCache,
      settings,
      integrated: async () => new Set((await integrations.list()).flatMap(({ uri }) => (uri === null ? [] : [uri]))),
      jobs,
      undo,
      onChanged,
    }),
    places: createPlacesService({
      sources,
      folders: createStoreFolders(paths),
      stores: () => store.directories(),
      catalogs,
      jobs,
      undo,
      onChanged,
    }),
    searches: createSearchService({ select, http, mirror: defaultMirror }),
  };
}
