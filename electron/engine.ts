import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { systemClock } from './adapters/clock.ts';
import { createConfig } from './adapters/config/config.ts';
import { createLockedSettings } from './adapters/config/locked-settings.ts';
import { createPreferences } from './adapters/config/preferences.ts';
import { createPackageManager } from './adapters/distro/distro.ts';
import { createFeedCache } from './adapters/feeds/feed-cache.ts';
import { createHost } from './adapters/feeds/host.ts';
import { removeStrayTrees } from './adapters/feeds/kept-trees.ts';
import { createSelectWorld } from './adapters/feeds/select-world.ts';
import { createLazyHttp } from './adapters/http/lazy-http.ts';
import { createRateLimit, type RateLimit } from './adapters/http/rate-limit.ts';
import { localFiles } from './adapters/local-files.ts';
import { createPaths, type Paths } from './adapters/paths.ts';
import { createProcesses } from './adapters/process/processes.ts';
import { createLazyNearby } from './adapters/nearby/lazy-nearby.ts';
import { createJsonState } from './adapters/state/json-state.ts';
import { createRunLog } from './adapters/state/run-log.ts';
import { createSolver } from './adapters/solver/in-process.ts';
import { createWorkerSolver } from './adapters/solver/worker.ts';
import { createPrivateNotes } from './adapters/sharing/private-notes.ts';
import { createShareHelper } from './adapters/sharing/share-helper.ts';
import { createStores } from './adapters/store/stores.ts';
import { createKeyStore } from './adapters/gpg/key-store.ts';
import { createUserKeyring } from './adapters/gpg/user-keyring.ts';
import { createVerifier } from './adapters/gpg/verifier.ts';
import { createTrustDb } from './adapters/trust-db/trust-db.ts';
import { cleanEnvironment } from './core/launch/clean-environment.ts';
import type { ClockPort } from './core/ports/clock.ts';
import type { FeedCachePort } from './core/ports/feed-cache.ts';
import type { HttpPort } from './core/ports/http.ts';
import type { PrivateReason } from './core/sharing/facts.ts';
import type { NearbyPort } from './core/ports/nearby.ts';
import type { KeyStorePort } from './core/ports/signature.ts';
import type { TrustDbPort } from './core/ports/trust-db.ts';
import type { LogPort } from './core/ports/log.ts';
import type { PreferencesPort } from './core/ports/preferences.ts';
import type { ProcessPort } from './core/ports/process.ts';
import type { RunLogPort } from './core/ports/run-log.ts';
import type { ConfigPort, LockedSettingsPort } from './core/ports/settings.ts';
import type { ShareHelperPort } from './core/ports/share-helper.ts';
import type { SolverPort } from './core/ports/solver.ts';
import type { FeedLookup } from './core/select/world.ts';
import type { StorePort } from './core/ports/store.ts';
import { createFeedService, type FeedService } from './services/feed-service.ts';
import { createFetchService, type FetchService } from './services/fetch-service.ts';
import { createLaunchService, type LaunchService } from './services/launch-service.ts';
import { defaultMirror } from './core/trust/mirror.ts';
import type { PersonLanguages } from './services/person-languages.ts';
import { createSelectService, type SelectService } from './services/select-service.ts';

/** Where the built-in sample repository says it lives. */
export const samplesHost = 'samples.zerodesk.invalid';

/** Its key: vouched for like a key the key server knows, because it came with the program. */
const samplesKey = 'E51CA828F2781C887AA8C03E5CE277C9479E8E8D';

export interface EngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Folder that answers for the sample repository. */
  readonly samplesDir: string;
  /** Folder of the built workers; `null` does everything in this thread, as one command of the command line does. */
  readonly workersDir: string | null;
  readonly log: LogPort;
  /** Proxy for a URL as the system says, `null` = none; without it the environment decides. */
  readonly proxyFor?: (url: string) => Promise<string | null>;
  /** What a person has set in the window about languages; without it the environment decides. */
  readonly personLanguages?: Pick<PersonLanguages, 'policy' | 'environment'>;
  /** Whether somebody pays for each byte. Commands do not ask: that would take longer than most of them. */
  readonly isMetered?: () => boolean;
  /** `--with-store`. */
  readonly extraStores?: readonly string[];
  /** The second opinion instead of our own engine. */
  readonly sat?: 'logic-solver';
}

/** The parts that choose, fetch, store and start programs. */
export interface Engine {
  readonly env: EngineOptions['env'];
  readonly paths: Paths;
  readonly clock: ClockPort;
  readonly log: LogPort;
  readonly config: ConfigPort;
  readonly lockedSettings: LockedSettingsPort;
  readonly preferences: PreferencesPort;
  readonly feedCache: FeedCachePort;
  readonly trustDb: TrustDbPort;
  readonly keys: KeyStorePort;
  readonly http: HttpPort;
  /** Of all downloads together. */
  readonly rateLimit: Pick<RateLimit, 'set'>;
  readonly store: StorePort;
  /** The program that may write to the shared store. */
  readonly shareHelper: ShareHelperPort;
  /** Hears why something was stored for this user alone. Returns its undo. */
  onPrivate(listener: (why: PrivateReason) => void): () => void;
  /** Hears which feed was stored. Returns its undo. */
  onFeed(listener: (url: string) => void): () => void;
  /** Computers of the local network that offer implementations. */
  readonly nearby: NearbyPort;
  readonly solver: SolverPort;
  /** One cached or local feed, read in this thread. */
  readonly readFeed: (name: string) => FeedLookup;
  readonly processes: ProcessPort;
  readonly runLog: RunLogPort;
  readonly feeds: FeedService;
  readonly select: SelectService;
  readonly fetch: FetchService;
  readonly launch: LaunchService;
  /** Deletes what crashed programs of this user left in the store, and stray trees. */
  removeLeftovers(): Promise<void>;
  /** Deletes what was kept of feeds that are gone. @throws AppError `permission-denied`, `file-failed` */
  removeStrayTrees(): void;
  /** Ends workers. Nothing is to be called afterwards. */
  close(): Promise<void>;
}

/** Joins the parts. Nothing is read or started yet; what only some commands need is loaded when it is first used. */
export function createEngine(options: EngineOptions): Engine {
  const { env, log, version } = options;
  const paths = createPaths(env, env['HOME'] || undefined);
  const cacheDir = paths.cache[0] ?? '';
  const extraStores = options.extraStores ?? [];
  const lockedSettings = createLockedSettings(paths, log);
  const config = createConfig(paths, lockedSettings);
  const preferences = createPreferences(paths);
  const feedCache = createFeedCache(paths);
  const trustDb = createTrustDb(paths);
  const clock = systemClock;
  const worker = (name: string): URL | undefined =>
    options.workersDir === null ? undefined : pathToFileURL(join(options.workersDir, `${name}.js`));
  const shareHelper = createShareHelper({ env, isPortable: paths.isPortable });
  const privateNotes = createPrivateNotes(log);
  const store = createStores({
    paths,
    extraStores,
    worker: worker('store'),
    log,
    sharing: { helper: () => shareHelper.find(), env: { ...env }, onPrivate: privateNotes.note },
  });
  const host = createHost(env);
  const world = createSelectWorld({ paths, host, extraStores, env });
  const workerUrl = worker('solve');
  const sat = options.sat === undefined ? {} : { sat: options.sat };
  const solver =
    workerUrl === undefined
      ? createSolver(world, sat)
      : createWorkerSolver({ workerUrl, paths, host, extraStores, env, ...sat });
  const rateLimit = createRateLimit();
  const http = createLazyHttp(async () => {
    const { createHttp } = await import('./adapters/http/http.ts');
    return createHttp({
      userAgent: `zerodesk/${version}`,
      downloadDir: join(cacheDir, 'zerodesk-downloads'),
      env,
      localHosts: { [samplesHost]: options.samplesDir },
      rateLimit,
      ...(options.proxyFor !== undefined && { proxyFor: options.proxyFor }),
    });
  });
  const processes = createProcesses({ env, stateDir: paths.state, cacheDir });
  const keyring = createUserKeyring({ env, home: paths.home, isPortable: paths.isPortable, log });
  const keys = createKeyStore(join(paths.data[0] ?? '', 'zerodesk-keys'), keyring);
  const verifier = createVerifier({ env, workersDir: options.workersDir });
  const feedListeners = new Set<(url: string) => void>();
  const feeds = createFeedService({
    onStored: (url) => {
      for (const listener of feedListeners) listener(url);
    },
    http,
    cache: feedCache,
    preferences,
    config,
    signatures: verifier,
    documents: verifier,
    keys,
    trustDb,
    clock,
    log,
    builtInTrust: { [samplesHost]: [samplesKey] },
    mirror: defaultMirror,
  });
  const select = createSelectService({
    solver,
    feeds,
    config,
    packages: createPackageManager(host, env),
    ...(options.isMetered !== undefined && { isMetered: options.isMetered }),
    ...(options.personLanguages !== undefined && { languages: options.personLanguages.policy }),
  });
  const nearby = createLazyNearby(async () => {
    const { createNearby } = await import('./adapters/nearby/nearby.ts');
    return createNearby({ state: createJsonState(paths.state), dir: join(cacheDir, 'zerodesk-downloads') });
  });
  const fetch = createFetchService({ http, store, solver, files: localFiles, log, mirror: defaultMirror, nearby });
  const launch = createLaunchService({
    store,
    files: localFiles,
    env: () => ({
      ...(options.workersDir === null ? definedOnly(env) : cleanEnvironment(env)),
      ...options.personLanguages?.environment(),
    }),
    platform: process.platform === 'win32' ? 'windows' : 'posix',
    launchersDir: join(cacheDir, 'injector', 'zerodesk-launchers'),
  });
  return {
    env,
    paths,
    clock,
    log,
    config,
    lockedSettings,
    preferences,
    feedCache,
    trustDb,
    keys,
    http,
    rateLimit,
    store,
    shareHelper,
    nearby,
    onFeed(listener) {
      feedListeners.add(listener);
      return () => feedListeners.delete(listener);
    },
    onPrivate: (listener) => privateNotes.onNote(listener),
    solver,
    readFeed: (name) => {
      world.refresh();
      return world.feed(name);
    },
    processes,
    runLog: createRunLog(paths.state, clock),
    feeds,
    select,
    fetch,
    launch,
    async removeLeftovers() {
      const gone = await store.removeLeftovers(clock.now());
      if (gone.length > 0) log.info('leftovers removed', { count: gone.length });
      removeStrayTrees(paths);
    },
    removeStrayTrees: () => removeStrayTrees(paths),
    async close() {
      await Promise.all([http.close(), store.close(), verifier.close(), solver.close()]);
    },
  };
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
