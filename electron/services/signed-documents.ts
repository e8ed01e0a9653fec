import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { DocumentPort } from '../core/ports/documents.ts';
import type { FeedCachePort, FeedLocks } from '../core/ports/feed-cache.ts';
import type { TransferListener } from '../core/ports/http.ts';
import type { LogPort } from '../core/ports/log.ts';
import { createSharedWork } from '../core/shared-work.ts';
import type { DocumentKind } from '../core/trust/check-document.ts';
import { compareFeedTimes, feedTime } from '../core/trust/replay.ts';
import type { GoodSignature } from '../core/trust/signature-facts.ts';
import { isTrustedFor, type TrustDb } from '../core/trust/trust-db.ts';
import { parseHttpUrl, redactUrl } from '../core/trust/url.ts';
import type { ValidSignature } from '../core/trust/validity.ts';
import { fetchDocument, type StoredCopy } from './fetch-document.ts';
import type { KeySource, SignatureCheck } from './signature-check.ts';
import type { AskTrust, TrustDecision } from './trust-decision.ts';

/** Where documents of one kind are kept. */
export interface DocumentStore {
  readonly kind: DocumentKind;
  read(url: string): Promise<Uint8Array | null>;
  write(url: string, bytes: Uint8Array): Promise<void>;
  /** Before a document is fetched. */
  onAttempt(url: string): Promise<void>;
  /** After a document was found to be as it should, written or not. */
  onChecked(url: string): Promise<void>;
  /** Remembers what servers say of documents, so that one that is still the same need not be sent again. */
  readonly memory?: Pick<FeedCachePort, 'validators' | 'setValidators'>;
}

export interface RefreshOptions {
  readonly signal: AbortSignal;
  /** One question at a time, over all documents. */
  readonly ask: AskTrust;
  readonly onProgress?: TransferListener | undefined;
  /** Nobody waits for it. */
  readonly isBackground?: boolean;
  /**
   * Forgets the stored copy: takes the new one even if it is older, or if nobody can tell. For a person who has read both
   * times and wants it.
   */
  readonly replaceOlder?: boolean;
}

export interface RefreshResult {
  readonly status: 'updated' | 'unchanged';
  /**
   * Set when the mirror's copy was used because the site is slow. Settles when the site has answered: its answer may have
   * taken the place of the copy. Never rejects.
   */
  readonly later: Promise<'updated' | 'unchanged' | null> | null;
}

export interface AcceptOptions extends RefreshOptions {
  readonly keySource: KeySource;
}

/** Signed documents from servers: what stands between a download and the cache. */
export interface SignedDocuments {
  /** Fetches a document anew. Who asks for the same one meanwhile gets the same answer. */
  refresh(store: DocumentStore, url: string, options: RefreshOptions): Promise<RefreshResult>;
  /** Checks a document that is there already, and stores it. */
  accept(
    store: DocumentStore,
    document: { readonly url: string; readonly bytes: Uint8Array },
    options: AcceptOptions,
  ): Promise<RefreshResult['status']>;
}

interface Deps {
  readonly http: Parameters<typeof fetchDocument>[0]['http'];
  readonly clock: ClockPort;
  readonly log: LogPort;
  readonly mirror: string | null;
  readonly locks: FeedLocks;
  readonly documents: DocumentPort;
  readonly signatureCheck: SignatureCheck;
  readonly trust: TrustDecision;
}

/** Longest name of a file nearly everywhere, in bytes; the cache writes `%2f` for a slash. */
const maxFileName = 255;

/** @see trust-and-download.md 1 */
export function createSignedDocuments(deps: Deps): SignedDocuments {
  const { log, locks, documents, signatureCheck, trust } = deps;
  const running = createSharedWork<RefreshResult, RefreshOptions>(() => new AppError('cancelled', {}));

  async function accept(
    store: DocumentStore,
    { url, bytes }: { readonly url: string; readonly bytes: Uint8Array },
    options: AcceptOptions,
  ): Promise<RefreshResult['status']> {
    const { signal, keySource, ask } = options;
    const stored = await store.read(url);
    const signatures = await signatureCheck.check({ url, bytes, keySource, isCached: stored !== null, signal });
    const isOffline = keySource === 'nowhere';
    const db = await trust.decide({ url, signatures, stored, isOffline, ask, signal });
    await documents.check({ kind: store.kind, url, bytes, signal });
    if (signal.aborted) throw new AppError('cancelled', {});
    const status = await locks.exclusively(url, async () => {
      const cached = await store.read(url);
      if (cached !== null && isEqual(cached, bytes)) return 'unchanged';
      if (cached !== null && options.replaceOlder !== true) await refuseReplay({ url, cached, signatures, db });
      await store.write(url, bytes);
      return 'updated';
    });
    await store.onChecked(url);
    log.debug('document checked', { feed: redactUrl(url), status });
    return status;
  }

  interface ReplayCheck {
    readonly url: string;
    readonly cached: Uint8Array;
    readonly signatures: readonly ValidSignature[];
    readonly db: TrustDb;
  }

  async function refuseReplay({ url, cached, signatures, db }: ReplayCheck): Promise<void> {
    // What was stored counts as it was then: a key revoked since does not make its times doubtful.
    const stored = (await signatureCheck.facts(url, cached)).filter(
      (facts): facts is GoodSignature => facts.status === 'good',
    );
    const isTrusted = ({ fingerprint, primaryFingerprint }: GoodSignature | ValidSignature): boolean =>
      isTrustedFor(db, [fingerprint, primaryFingerprint], url);
    const newTime = feedTime(signatures.filter(isTrusted));
    if (newTime === null) throw new Error('a document was accepted without a trusted signature');
    const result = compareFeedTimes(newTime, feedTime(stored.filter(isTrusted)));
    if (result.verdict === 'unverifiable') throw new AppError('feed-unverifiable', { feed: redactUrl(url) });
    if (result.verdict === 'older') {
      const toText = (seconds: number): string => new Date(seconds * 1000).toISOString();
      throw new AppError('feed-replayed', {
        feed: redactUrl(url),
        newTime: toText(result.newTime),
        oldTime: toText(result.oldTime),
      });
    }
  }

  async function fetchAndAccept(store: DocumentStore, url: string, options: RefreshOptions): Promise<RefreshResult> {
    const { signal, onProgress, isBackground } = options;
    await store.onAttempt(url);
    const { value, later } = await fetchDocument(deps, {
      url,
      signal,
      onProgress,
      isBackground,
      // Who takes an older copy wants it all; the stored one is not in question then.
      stored: options.replaceOlder === true ? null : await storedCopy(store, url),
      take: async (bytes, keySource, validators) => {
        const status = await accept(store, { url, bytes }, { ...options, keySource });
        if (keySource === 'site') await store.memory?.setValidators(url, bytes, validators);
        return status;
      },
    });
    return { status: value, later };
  }

  return {
    accept,
    async refresh(store, url, options) {
      parseHttpUrl(url);
      if (fileNameLength(url) > maxFileName)
        throw new AppError('bad-url', { url: redactUrl(url), reason: 'it is too long to be stored' });
      return running.run(`${store.kind} ${url}`, { ...options }, (signal, callers) =>
        fetchAndAccept(store, url, {
          signal,
          ask: (question, questionSignal) => askFirst(callers, question, questionSignal),
          onProgress: (state) => {
            for (const { onProgress } of callers()) onProgress?.(state);
          },
          replaceOlder: options.replaceOlder === true,
          isBackground: options.isBackground === true,
        }),
      );
    },
  };
}

/** The stored document while it is the one that its server spoke of. */
async function storedCopy(store: DocumentStore, url: string): Promise<StoredCopy | null> {
  const validators = (await store.memory?.validators(url)) ?? null;
  if (validators === null) return null;
  return {
    validators,
    async read() {
      // Looked at again: somebody may have changed it while the server was asked.
      const now = await store.memory?.validators(url);
      const isSame = now?.etag === validators.etag && now.lastModified === validators.lastModified;
      return isSame ? store.read(url) : null;
    },
  };
}

/** Asks who has waited longest; if that one gives up, the next. */
async function askFirst(
  callers: () => readonly RefreshOptions[],
  question: Parameters<AskTrust>[0],
  signal: AbortSignal,
): ReturnType<AskTrust> {
  for (;;) {
    const [first] = callers();
    if (first === undefined) throw new AppError('cancelled', {});
    try {
      return await first.ask(question, AbortSignal.any([signal, first.signal]));
    } catch (error) {
      if (!first.signal.aborted || !isAppError(error, 'cancelled') || callers().length === 0) throw error;
    }
  }
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Bytes of the escaped name: everything but letters, digits and `-_.` takes three per byte. @see feeds.md 17 */
function fileNameLength(url: string): number {
  let length = 0;
  for (const byte of new TextEncoder().encode(url)) length += /[A-Za-z0-9_.-]/.test(String.fromCharCode(byte)) ? 1 : 3;
  return length;
}
