import { toErrorData, type ErrorData } from '../../shared/errors/app-error.ts';
import type { AppList, AppSummary, InterfaceUri, UndoId } from '../../shared/model/index.ts';
import type { CatalogEntry } from '../core/feed/catalog.ts';
import type { CatalogSourcesPort } from '../core/ports/catalog-sources.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { CatalogService } from './catalog-service.ts';
import type { JobService } from './job-service.ts';
import type { LibraryApp, LibraryService } from './library-service.ts';
import type { AppLookup } from './app-lookup.ts';
import type { SelectService } from './select-service.ts';
import type { SettingsService } from './settings-service.ts';
import { isRemote, lastSegment, needsFetch } from './solve-view.ts';
import type { UndoService } from './undo-service.ts';

/** *My apps* and the catalogues as one list of tiles. */
export interface AppsService {
  /** What is known now. Catalogues never loaded, or all with `refresh`, are fetched meanwhile; `apps` changes then. */
  list(refresh: boolean): Promise<AppList>;
  add(uri: string): Promise<void>;
  remove(uri: string): Promise<UndoId>;
  /** A checked PNG, fetched the first time; null if there is none. */
  icon(uri: string): Promise<Uint8Array | null>;
}

interface Deps {
  readonly catalogs: CatalogService;
  readonly sources: CatalogSourcesPort;
  /** The built-in catalogue, listed unless switched off. */
  readonly samples: { readonly name: string; readonly url: string };
  readonly library: LibraryService;
  readonly lookup: Pick<AppLookup, 'requirementsOf'>;
  readonly select: Pick<SelectService, 'local' | 'policy'>;
  readonly feedCache: Pick<FeedCachePort, 'list'>;
  readonly settings: Pick<SettingsService, 'get'>;
  /** Programs that appear outside of the window. */
  readonly integrated: () => Promise<ReadonlySet<string>>;
  readonly jobs: JobService;
  readonly undo: Pick<UndoService, 'perform'>;
  readonly onChanged: (what: 'apps') => void;
}

interface Source {
  readonly name: string;
  readonly url: string;
  readonly isBuiltIn: boolean;
}

/** Creates the service. */
export function createAppsService(deps: Deps): AppsService {
  const { catalogs, jobs, library } = deps;
  const loading = new Set<string>();
  const failures = new Map<string, ErrorData>();
  /** Interface → address of its icon, from the catalogues listed last. */
  const iconHrefs = new Map<string, string>();

  const listSources = async (): Promise<readonly Source[]> => {
    const { showSamples } = await deps.settings.get();
    const configured = (await deps.sources.read()).map((url) => ({ name: sourceName(url), url, isBuiltIn: false }));
    return showSamples ? [{ ...deps.samples, isBuiltIn: true }, ...configured] : configured;
  };

  const readSources = async () =>
    Promise.all((await listSources()).map(async (source) => ({ source, stored: await catalogs.read(source.url) })));

  /** As a job, because the catalogue's key may have to be asked about. */
  const refresh = (source: Source): void => {
    if (loading.has(source.url)) return;
    loading.add(source.url);
    failures.delete(source.url);
    jobs.start(
      { kind: 'catalog-refresh', interface: null, title: source.name, phase: 'refreshing' },
      async (context) => {
        try {
          await catalogs.refresh(source.url, { signal: context.signal, ask: context.ask });
        } catch (error) {
          failures.set(source.url, toErrorData(error));
          throw error;
        } finally {
          loading.delete(source.url);
          deps.onChanged('apps');
        }
      },
    );
  };

  const present = async (uri: string, cached: ReadonlySet<string>): Promise<Pick<AppSummary, 'state' | 'version'>> => {
    if (isRemote(uri) && !cached.has(uri)) return { state: 'unknown', version: null };
    const answer = await deps.select.local(await deps.lookup.requirementsOf(uri));
    if (answer.status !== 'solved') {
      // Feeds that are not there yet are no problem of the program: running it fetches them.
      const isComplete = answer.usedFeeds.every((feed) => !isRemote(feed) || cached.has(feed));
      return { state: isComplete ? 'problem' : 'unknown', version: null };
    }
    const version = answer.tree[0]?.implementation?.version ?? null;
    return { state: answer.tree.some(needsFetch) ? 'needs-download' : 'ready', version };
  };

  return {
    async list(isRefresh) {
      const [sources, mine, cachedUrls, policy, integrated] = await Promise.all([
        readSources(),
        library.read(),
        deps.feedCache.list(),
        deps.select.policy(),
        deps.integrated(),
      ]);
      const cached = new Set(cachedUrls);
      const apps = new Map<string, AppSummary>();
      const states: AppList['sources'] = [];
      for (const { source, stored } of sources) {
        const mayFetch = source.isBuiltIn || policy.networkUse !== 'off-line';
        if (mayFetch && (isRefresh || (stored === null && !failures.has(source.url)))) refresh(source);
        for (const entry of stored?.entries ?? []) {
          if (entry.icon !== null) iconHrefs.set(entry.uri, entry.icon);
          if (!apps.has(entry.uri)) apps.set(entry.uri, toSummary(entry, source, mine[entry.uri] ?? null));
        }
        const error = failures.get(source.url) ?? null;
        states.push({
          name: source.name,
          url: source.url,
          status: loading.has(source.url)
            ? 'loading'
            : error
              ? 'failed'
              : stored
                ? 'ready'
                : mayFetch
                  ? 'never-loaded'
                  : 'off',
          error,
          refreshedAt: stored?.refreshedAt ?? null,
        });
      }
      for (const [uri, app] of Object.entries(mine)) if (!apps.has(uri)) apps.set(uri, toOwnSummary(uri, app));

      const result: AppSummary[] = [];
      for (const app of apps.values()) {
        // Only what was run or looked at has a feed here: for the rest this costs nothing.
        result.push({
          ...app,
          isIntegrated: integrated.has(app.interface),
          ...(await present(app.interface, cached)),
        });
      }
      return { apps: result, sources: states };
    },
    async add(uri) {
      await library.add(uri, null);
      deps.onChanged('apps');
    },
    remove: (uri) =>
      deps.undo.perform(
        async () => (await library.remove(uri)) ?? (() => Promise.resolve()),
        () => {
          deps.onChanged('apps');
        },
      ),
    async icon(uri) {
      return catalogs.icon(uri, iconHrefs.get(uri) ?? null);
    },
  };
}

function toSummary(entry: CatalogEntry, source: Source, own: LibraryApp | null): AppSummary {
  return {
    interface: entry.uri as InterfaceUri,
    name: entry.name,
    summary: entry.summary,
    description: entry.description,
    homepage: entry.homepage,
    categories: [...entry.categories],
    icon: entry.icon === null ? null : `icon://of/${encodeURIComponent(entry.uri)}`,
    needsTerminal: entry.needsTerminal,
    isMine: own !== null,
    isIntegrated: false,
    source: source.name,
    state: 'unknown',
    version: null,
    lastRunAt: own?.lastRunAt ?? null,
  };
}

function toOwnSummary(uri: string, app: LibraryApp): AppSummary {
  return {
    interface: uri as InterfaceUri,
    name: app.name ?? lastSegment(uri),
    summary: '',
    description: '',
    homepage: null,
    categories: [],
    icon: null,
    needsTerminal: false,
    isMine: true,
    isIntegrated: false,
    source: null,
    state: 'unknown',
    version: null,
    lastRunAt: app.lastRunAt,
  };
}

function sourceName(url: string): string {
  return isRemote(url) ? new URL(url).host : url;
}
