import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { TrustChange, TrustedDomain, TrustRehearsal } from '../../shared/model/index.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { KeyStorePort } from '../core/ports/signature.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { domainSpellings } from '../core/trust/domain.ts';
import { keyIdOf } from '../core/trust/packets.ts';
import { isTrustedFor, trustByDomain, withoutTrust, withTrust, type TrustDb } from '../core/trust/trust-db.ts';
import { signersOf } from './feed-signers.ts';
import type { TrustDependents } from './trust-dependents.ts';

/** Looks after the keys that a person trusts. */
export interface TrustService {
  /** By domain, in alphabetical order. */
  list(): Promise<TrustedDomain[]>;
  /**
   * Feeds in the cache that could not be updated any more if this key were not trusted for this domain: they stay and can
   * be used, but every later update fails until one of their keys is trusted again.
   */
  feedsThatNeed(domain: string, fingerprint: string): Promise<readonly string[]>;
  /** What trusting a key would be about, or trusting it no longer. Nothing is changed. */
  rehearse(request: RehearsalRequest): Promise<TrustRehearsal>;
  /** Takes trust back. @returns what `feedsThatNeed` would have */
  remove(domain: string, fingerprint: string): Promise<readonly string[]>;
  /**
   * Undoes a removal. Only what was removed by this very service comes back: nobody gets trust for a key this way that a
   * person has not given it.
   *
   * @throws AppError `no-such`
   */
  restore(domain: string, fingerprint: string): Promise<void>;
}

export interface RehearsalRequest {
  readonly domain: string;
  readonly fingerprint: string;
  readonly change: TrustChange;
}

interface Deps {
  readonly trustDb: TrustDbPort;
  readonly keys: Pick<KeyStorePort, 'find'>;
  readonly feedCache: Pick<FeedCachePort, 'list' | 'read'>;
  readonly dependents: TrustDependents;
  readonly log: LogPort;
  readonly onChanged: () => void;
}

/** @see trust-and-download.md 4.6 */
export function createTrustService(deps: Deps): TrustService {
  const { trustDb, keys, feedCache, dependents, log, onChanged } = deps;
  const removed = new Set<string>();
  const identityOf = async (fingerprint: string): Promise<string | null> =>
    (await keys.find(fingerprint))[0]?.identity ?? null;

  /** Whether a stored feed is signed by a key that is trusted; the signatures were checked when it was stored. */
  async function hasTrustedKey(url: string, db: TrustDb): Promise<boolean> {
    const bytes = await feedCache.read(url);
    if (bytes === null) return false;
    const trusted = [...db.keys()].filter((key) => isTrustedFor(db, [key], url)).map(keyIdOf);
    return (await signersOf(bytes, url, keys)).some(({ keyIds }) => keyIds.some((id) => trusted.includes(id)));
  }

  async function feedsThatNeed(domain: string, fingerprint: string): Promise<readonly string[]> {
    const { db } = await trustDb.read();
    const after = withoutTrust(db, fingerprint, domain);
    const feeds: string[] = [];
    for (const url of await feedsOf(domain)) {
      if ((await hasTrustedKey(url, db)) && !(await hasTrustedKey(url, after))) feeds.push(url);
    }
    return feeds;
  }

  const feedsOf = async (domain: string): Promise<readonly string[]> =>
    (await feedCache.list()).filter((url) => isOfDomain(url, domain));

  return {
    feedsThatNeed,
    async rehearse({ domain, fingerprint, change }) {
      const feeds = change === 'add' ? await feedsOf(domain) : await feedsThatNeed(domain, fingerprint);
      return dependents.describe(feeds);
    },
    async list() {
      const { db, problem } = await trustDb.read();
      if (problem !== null) log.warn('the trust database cannot be read: nothing is trusted', { code: problem.code });
      const domains = [...trustByDomain(db)].map(async ([domain, fingerprints]) => ({
        domain,
        keys: await Promise.all(
          fingerprints.map(async (fingerprint) => ({ fingerprint, claimedIdentity: await identityOf(fingerprint) })),
        ),
      }));
      return Promise.all(domains);
    },
    async remove(domain, fingerprint) {
      const feeds = await feedsThatNeed(domain, fingerprint);
      await trustDb.update((db) => {
        if (db.get(fingerprint.toUpperCase())?.includes(domain) === true) removed.add(entryOf(domain, fingerprint));
        return withoutTrust(db, fingerprint, domain);
      });
      log.info('key no longer trusted', { domain, key: fingerprint, feeds: feeds.length });
      onChanged();
      return feeds;
    },
    async restore(domain, fingerprint) {
      const entry = entryOf(domain, fingerprint);
      if (!removed.delete(entry)) throw new AppError('no-such', { what: 'removed key', id: fingerprint });
      await trustDb.update((db) => withTrust(db, fingerprint, domain));
      log.info('key trusted again', { domain, key: fingerprint });
      onChanged();
    },
  };
}

function entryOf(domain: string, fingerprint: string): string {
  return `${fingerprint.toUpperCase()} ${domain}`;
}

function isOfDomain(url: string, domain: string): boolean {
  if (domain === '*') return true;
  try {
    return domainSpellings(url).includes(domain.toLowerCase());
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}
