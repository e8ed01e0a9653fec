import type { TrustedDomain } from '../../shared/model/settings.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { KeyStorePort } from '../core/ports/signature.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { domainSpellings } from '../core/trust/domain.ts';
import { keyIdOf, readSignatures } from '../core/trust/packets.ts';
import { splitSignedDocument } from '../core/trust/signature-block.ts';
import { isTrustedFor, trustByDomain, withoutTrust, type TrustDb } from '../core/trust/trust-db.ts';
import { isAppError } from '../../shared/errors/app-error.ts';

/** Looks after the keys that a person trusts. */
export interface TrustService {
  /** By domain, in alphabetical order. */
  list(): Promise<TrustedDomain[]>;
  /**
   * Feeds in the cache that could not be updated any more if this key were not trusted for this domain: they stay and can
   * be used, but every later update fails until one of their keys is trusted again.
   */
  feedsThatNeed(domain: string, fingerprint: string): Promise<readonly string[]>;
  /** Takes trust back. @returns what `feedsThatNeed` would have */
  remove(domain: string, fingerprint: string): Promise<readonly string[]>;
}

interface Deps {
  readonly trustDb: TrustDbPort;
  readonly keys: Pick<KeyStorePort, 'find'>;
  readonly feedCache: Pick<FeedCachePort, 'list' | 'read'>;
  readonly log: LogPort;
  readonly onChanged: () => void;
}

/** @see trust-and-download.md 4.6 */
export function createTrustService({ trustDb, keys, feedCache, log, onChanged }: Deps): TrustService {
  const identityOf = async (fingerprint: string): Promise<string | null> =>
    (await keys.find(fingerprint))[0]?.identity ?? null;

  /** Whether a stored feed is signed by a key that is trusted; the signatures were checked when it was stored. */
  async function hasTrustedKey(url: string, db: TrustDb): Promise<boolean> {
    const bytes = await feedCache.read(url);
    if (bytes === null) return false;
    const trusted = [...db.keys()].filter((key) => isTrustedFor(db, [key], url)).map(keyIdOf);
    try {
      const { signature } = splitSignedDocument(bytes, url);
      const ids = (readSignatures(signature) ?? []).map(({ keyId }) => keyId);
      const found = (await Promise.all(ids.map((id) => keys.find(id)))).flat();
      const primaries = found.map(({ primaryFingerprint }) => keyIdOf(primaryFingerprint));
      return [...ids, ...primaries].some((id) => trusted.includes(id));
    } catch (error) {
      if (isAppError(error)) return false;
      throw error;
    }
  }

  async function feedsThatNeed(domain: string, fingerprint: string): Promise<readonly string[]> {
    const { db } = await trustDb.read();
    const after = withoutTrust(db, fingerprint, domain);
    const feeds: string[] = [];
    for (const url of await feedCache.list()) {
      if (!isOfDomain(url, domain)) continue;
      if ((await hasTrustedKey(url, db)) && !(await hasTrustedKey(url, after))) feeds.push(url);
    }
    return feeds;
  }

  return {
    feedsThatNeed,
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
      await trustDb.update((db) => withoutTrust(db, fingerprint, domain));
      log.info('key no longer trusted', { domain, key: fingerprint, feeds: feeds.length });
      onChanged();
      return feeds;
    },
  };
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
