import { AppError } from '../../shared/errors/app-error.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { DocumentPort } from '../core/ports/documents.ts';
import type { FeedCachePort, FeedLocks } from '../core/ports/feed-cache.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { KeyStorePort, SignaturePort } from '../core/ports/signature.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { readFeedUri } from '../core/trust/check-document.ts';
import { isFeedStale } from '../core/trust/freshness.ts';
import { maxFeedBytes } from '../core/trust/signature-block.ts';
import type { GoodSignature } from '../core/trust/signature-facts.ts';
import { isTrustedFor } from '../core/trust/trust-db.ts';
import { parseHttpUrl } from '../core/trust/url.ts';
import { createKeyHints, type BuiltInTrust } from './key-hints.ts';
import { createQuestionQueue } from './question-queue.ts';
import { createSignatureCheck } from './signature-check.ts';
import {
  createSignedDocuments,
  type DocumentStore,
  type RefreshOptions,
  type RefreshResult,
  type SignedDocuments,
} from './signed-documents.ts';
import { createTrustDecision, type Approval } from './trust-decision.ts';

/** Who signed a stored feed, and when. */
export interface FeedSignature {
  readonly fingerprint: string;
  /** What the key claims. */
  readonly name: string | null;
  /** ISO 8601 */
  readonly signedAt: string;
  /** For the domain of the feed, now. */
  readonly isTrusted: boolean;
}

export interface ImportOptions extends RefreshOptions {
  /** Where the file came from, for messages. */
  readonly source?: string;
  /** Then only keys that are here are used. */
  readonly isOffline?: boolean;
}

/** Remote feeds: from the network, with all checks, into the cache. */
export interface FeedService {
  /**
   * Fetches a feed and stores it if it is signed by a trusted key, is what was asked for, and is not older than the one
   * here. On any failure the stored one stays. Calls for one URL are joined.
   */
  refresh(url: string, options: RefreshOptions): Promise<RefreshResult>;
  /** Whether a feed should be looked for again, by its age and the settings. */
  isStale(url: string): Promise<boolean>;
  /**
   * The same for a feed from a file.
   *
   * @returns the URL that it says and is stored under
   */
  importFeed(
    bytes: Uint8Array,
    options: ImportOptions,
  ): Promise<{ readonly url: string; readonly status: RefreshResult['status'] }>;
  /** The good signatures of a stored feed; empty if there are none or the feed is not stored. */
  signaturesOf(url: string): Promise<readonly FeedSignature[]>;
  /** The same path for documents of other kinds. */
  readonly signedDocuments: SignedDocuments;
}

export interface FeedServiceDeps {
  readonly http: Pick<HttpPort, 'get'>;
  readonly cache: FeedCachePort & FeedLocks;
  readonly preferences: Pick<PreferencesPort, 'readFeed' | 'setLastChecked'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly signatures: SignaturePort;
  readonly documents: DocumentPort;
  readonly keys: KeyStorePort;
  readonly trustDb: TrustDbPort;
  readonly clock: ClockPort;
  readonly log: LogPort;
  /** Keys that come with the program, for the sample repository. */
  readonly builtInTrust: BuiltInTrust;
  /** `null` = none. */
  readonly mirror: string | null;
  /** Told of feeds that were stored. */
  readonly onStored?: (url: string) => void;
  /** Told of keys that became trusted without a question. */
  readonly onApproved?: (approval: Approval) => void;
}

/** Creates the service. */
export function createFeedService(deps: FeedServiceDeps): FeedService {
  const { cache, preferences, config, keys, trustDb, clock, log } = deps;
  const signatureCheck = createSignatureCheck(deps);
  const trust = createTrustDecision({
    trustDb,
    keys,
    config,
    log,
    hints: createKeyHints(deps),
    questions: createQuestionQueue(),
    onApproved: deps.onApproved,
  });
  const signedDocuments = createSignedDocuments({ ...deps, locks: cache, signatureCheck, trust });
  const now = (): number => Math.floor(clock.now() / 1000);
  const store: DocumentStore = {
    kind: 'feed',
    read: (url) => cache.read(url),
    async write(url, bytes) {
      await cache.write(url, bytes);
      deps.onStored?.(url);
    },
    onAttempt: (url) => cache.touchAttempt(url),
    onChecked: (url) => preferences.setLastChecked(url, now()),
    memory: cache,
  };

  return {
    signedDocuments,
    refresh: (url, options) => signedDocuments.refresh(store, url, options),

    async isStale(url) {
      const [{ lastChecked }, attempt, { freshnessSeconds }] = await Promise.all([
        preferences.readFeed(url),
        cache.lastAttempt(url),
        config.read(),
      ]);
      const lastAttempt = attempt === null ? null : attempt / 1000;
      return isFeedStale({ now: now(), lastChecked, lastAttempt, freshnessSeconds });
    },

    async importFeed(bytes, { source = 'feed', isOffline = false, ...options }) {
      if (bytes.length > maxFeedBytes)
        throw new AppError('download-too-large', { url: source, limitBytes: maxFeedBytes });
      const url = readFeedUri(bytes, source);
      parseHttpUrl(url);
      const keySource = isOffline ? 'nowhere' : 'site';
      const status = await signedDocuments.accept(store, { url, bytes }, { ...options, keySource });
      return { url, status };
    },

    async signaturesOf(url) {
      const bytes = await cache.read(url);
      if (bytes === null) return [];
      const facts = await signatureCheck.facts(url, bytes);
      const good = facts.filter((each): each is GoodSignature => each.status === 'good');
      const { db } = await trustDb.read();
      return Promise.all(
        good.map(async ({ fingerprint, primaryFingerprint, createdAt }) => ({
          fingerprint,
          name: (await keys.find(fingerprint))[0]?.identity ?? null,
          signedAt: new Date(createdAt * 1000).toISOString(),
          isTrusted: isTrustedFor(db, [fingerprint, primaryFingerprint], url),
        })),
      );
    },
  };
}
