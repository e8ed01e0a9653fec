import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createAppSelections } from '../../electron/adapters/apps/app-selections.ts';
import { createConfig } from '../../electron/adapters/config/config.ts';
import { createPreferences } from '../../electron/adapters/config/preferences.ts';
import { createFeedCache } from '../../electron/adapters/feeds/feed-cache.ts';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createKeyStore } from '../../electron/adapters/gpg/key-store.ts';
import { createUserKeyring } from '../../electron/adapters/gpg/user-keyring.ts';
import { createVerifier } from '../../electron/adapters/gpg/verifier.ts';
import { createHttp, type HttpOptions } from '../../electron/adapters/http/http.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { readLocalFile } from '../../electron/adapters/read-local.ts';
import { createJsonState } from '../../electron/adapters/state/json-state.ts';
import { createTrustDb } from '../../electron/adapters/trust-db/trust-db.ts';
import { createUrlFiles } from '../../electron/adapters/url-files/url-files.ts';
import { escapeName } from '../../electron/core/feed/names.ts';
import type { HttpPort } from '../../electron/core/ports/http.ts';
import { createCatalogService } from '../../electron/services/catalog-service.ts';
import { createParsedCatalogs } from '../../electron/services/parsed-catalogs.ts';
import { createFeedService } from '../../electron/services/feed-service.ts';
import type { BuiltInTrust } from '../../electron/services/key-hints.ts';
import { createLibraryService } from '../../electron/services/library-service.ts';
import type { RefreshOptions } from '../../electron/services/signed-documents.ts';
import { createTrustDependents } from '../../electron/services/trust-dependents.ts';
import { createTrustService } from '../../electron/services/trust-service.ts';
import type { Answer, TrustQuestion } from '../../shared/model/job.ts';
import { createFakeClock } from './fake-clock.ts';
import { createMemoryLog } from './memory-log.ts';
import { createSigningHome, type SigningHome } from './signing.ts';
import { startServer } from './server.ts';
import { tempDir } from './temp-dir.ts';

export interface FeedWorldOptions {
  readonly http?: Partial<HttpOptions>;
  /** Instead of the real network adapter. */
  readonly httpPort?: HttpPort;
  readonly builtInTrust?: BuiltInTrust;
  readonly mirror?: string;
  /** Called with what ends it; without it that is done when the running test is finished. */
  readonly finished?: (clean: () => void | Promise<void>) => void;
  /** A signer's home that several tests share, since making one takes a while. */
  readonly signer?: SigningHome;
}

/** Says yes to every key that is shown. */
export const sayYes = (question: TrustQuestion): Promise<Answer> =>
  Promise.resolve({ trust: question.keys.map(({ fingerprint }) => fingerprint) });
/** Trusts nobody. */
export const sayNo = (): Promise<Answer> => Promise.resolve({ trust: [] });
/** For tests in which no question may come up. */
export const neverAsk = (): Promise<Answer> => Promise.reject(new Error('there must be no question'));

/** Everything that fetching a feed needs, real, in a new home with a keyring of its own, and a server to fetch it from. */
export async function createFeedWorld(options: FeedWorldOptions = {}) {
  const { finished = onTestFinished } = options;
  const directory = tempDir(undefined, finished);
  const server = await startServer();
  // The signer's home is one thing, the home of the person who fetches another.
  const signer = options.signer ?? createSigningHome(finished);
  const keyring = createSigningHome(finished);
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: directory,
    GNUPGHOME: keyring.home,
    ZEROINSTALL_PORTABLE_BASE: join(directory, 'zero'),
    LC_ALL: 'C',
  };
  const paths = createPaths(env, directory);
  const log = createMemoryLog();
  const clock = createFakeClock(Date.now());
  const http = createHttp({
    userAgent: 'Zerodesk/test',
    downloadDir: join(paths.cache[0]!, 'zerodesk-downloads'),
    env: {},
    limits: { connectMs: 1000, silenceMs: 1000 },
    ...options.http,
  });
  const verifier = createVerifier({ env, workersDir: null });
  finished(async () => {
    await http.close();
    await verifier.close();
    await server.close();
  });
  const cache = createFeedCache(paths);
  const config = createConfig(paths);
  const preferences = createPreferences(paths);
  const trustDb = createTrustDb(paths);
  const keys = createKeyStore(
    join(paths.data[0]!, 'zerodesk-keys'),
    createUserKeyring({ env, home: directory, isPortable: paths.isPortable, log }),
  );
  const port = options.httpPort ?? http;
  const feeds = createFeedService({
    http: port,
    cache,
    preferences,
    config,
    signatures: verifier,
    documents: verifier,
    keys,
    trustDb,
    clock,
    log,
    builtInTrust: options.builtInTrust ?? {},
    mirror: options.mirror ?? null,
  });
  const catalogs = createCatalogService({
    signedDocuments: feeds.signedDocuments,
    catalogs: createUrlFiles(join(paths.cache[0]!, 'catalogs')),
    parsed: createParsedCatalogs({ files: createUrlFiles(join(paths.cache[0]!, 'zerodesk-catalogs')), log }),
    icons: createUrlFiles(join(paths.cache[0]!, 'interface_icons')),
    http: port,
    config,
    isLocalUrl: () => false,
    readLocal: readLocalFile,
    languages: () => [],
    log,
  });
  const library = createLibraryService({ state: createJsonState(paths.state), clock });
  const world = createSelectWorld({ paths, host: createHost(env), extraStores: [], env });
  const trust = createTrustService({
    trustDb,
    keys,
    feedCache: cache,
    dependents: createTrustDependents({
      library,
      apps: createAppSelections(paths),
      readFeed: (name) => {
        world.refresh();
        return world.feed(name);
      },
      log,
    }),
    log,
    onChanged: () => {},
  });
  // No question is answered by the internet unless a test wants it.
  await config.write({ keyInfoServer: null });

  const url = `${server.origin}/hello.xml`;
  const questions: TrustQuestion[] = [];
  return {
    directory,
    env,
    paths,
    server,
    signer,
    keyring,
    log,
    clock,
    http,
    cache,
    config,
    preferences,
    trustDb,
    keys,
    feeds,
    catalogs,
    trust,
    library,
    /** Of the feed that most tests are about. */
    url,
    /** What was asked so far. */
    questions,
    refresh: (change: Partial<RefreshOptions> = {}, target = url) =>
      feeds.refresh(target, {
        signal: new AbortController().signal,
        ...change,
        ask: (question, signal) => {
          questions.push(question);
          return (change.ask ?? sayYes)(question, signal);
        },
      }),
    /** The cached feed as it lies on the disk; null if there is none. */
    stored(target = url): Uint8Array | null {
      const path = join(paths.cache[0]!, 'interfaces', escapeName(target));
      return existsSync(path) ? new Uint8Array(readFileSync(path)) : null;
    },
    /** Names of the files in the feed cache, temporary ones included. */
    storedNames(): readonly string[] {
      const path = join(paths.cache[0]!, 'interfaces');
      return existsSync(path) ? readdirSync(path) : [];
    },
    trustDbText(): string {
      const path = join(paths.config[0]!, 'injector', 'trustdb.xml');
      return existsSync(path) ? readFileSync(path, 'utf8') : '';
    },
  };
}

export type FeedWorld = Awaited<ReturnType<typeof createFeedWorld>>;
