import { AppError } from '../../../shared/errors/app-error.ts';
import { trustNamespace, type XmlElement } from '../xml/element.ts';
import { domainSpellings } from './domain.ts';

/** Which keys are trusted for which domains: domains by upper-case fingerprint, both in the order of the file. */
export type TrustDb = ReadonlyMap<string, readonly string[]>;

/** Nothing is trusted. */
export const emptyTrustDb: TrustDb = new Map();

/** The entry that stands for every domain. */
const everywhere = '*';

/**
 * Reads `trustdb.xml`. Where a fingerprint occurs twice, the last counts; fingerprints are compared without case.
 *
 * @param source path of the file, for messages
 * @throws AppError `bad-settings` if it is something else
 * @see trust-and-download.md 4.1
 */
export function parseTrustDb(root: XmlElement, source: string): TrustDb {
  const isOurs = ({ namespace, name }: XmlElement, wanted: string): boolean =>
    namespace === trustNamespace && name === wanted;
  if (!isOurs(root, 'trusted-keys')) {
    throw new AppError('bad-settings', { path: source, reason: `<trusted-keys> expected, <${root.name}> found` });
  }
  const db = new Map<string, readonly string[]>();
  for (const key of root.children) {
    const fingerprint = key.attributes['fingerprint'] ?? '';
    if (!isOurs(key, 'key') || !/^[0-9A-Fa-f]+$/.test(fingerprint)) continue;
    const domains = key.children
      .filter((child) => isOurs(child, 'domain'))
      .map((child) => (child.attributes['value'] ?? '').trim());
    db.set(fingerprint.toUpperCase(), [...new Set(domains.filter((domain) => domain !== ''))]);
  }
  return db;
}

/** The document for `trustdb.xml`. */
export function formatTrustDb(db: TrustDb): XmlElement {
  const element = (name: string, attributes: Record<string, string>, children: readonly XmlElement[]): XmlElement => ({
    namespace: trustNamespace,
    name,
    attributes,
    children,
    text: '',
    line: 0,
    column: 0,
  });
  const keys = [...db].map(([fingerprint, domains]) =>
    element(
      'key',
      { fingerprint },
      domains.map((value) => element('domain', { value }, [])),
    ),
  );
  return element('trusted-keys', {}, keys);
}

/** Whether one of a key's fingerprints (subkey or primary) is trusted for the domain of this feed. */
export function isTrustedFor(db: TrustDb, fingerprints: readonly string[], feed: string): boolean {
  const spellings = new Set(domainSpellings(feed));
  return fingerprints.some((fingerprint) =>
    (db.get(fingerprint.toUpperCase()) ?? []).some(
      (domain) => domain === everywhere || spellings.has(domain.toLowerCase()),
    ),
  );
}

/** The keys trusted for the domain of this feed; those trusted for every domain are left out, as in the reference. */
export function keysTrustedFor(db: TrustDb, feed: string): readonly string[] {
  const spellings = new Set(domainSpellings(feed));
  return [...db]
    .filter(([, domains]) => domains.some((domain) => spellings.has(domain.toLowerCase())))
    .map(([key]) => key);
}

/** The database with a key trusted for one more domain. */
export function withTrust(db: TrustDb, fingerprint: string, domain: string): TrustDb {
  const key = fingerprint.toUpperCase();
  const domains = db.get(key) ?? [];
  return domains.includes(domain) ? db : new Map([...db, [key, [...domains, domain]]]);
}

/** The database without the trust of a key for a domain (as written in the file); a key without domains disappears. */
export function withoutTrust(db: TrustDb, fingerprint: string, domain: string): TrustDb {
  const key = fingerprint.toUpperCase();
  const left = (db.get(key) ?? []).filter((entry) => entry !== domain);
  const others = new Map(db);
  if (left.length === 0) others.delete(key);
  else others.set(key, left);
  return others;
}

/** The same by domain: domains in alphabetical order, their keys in the order of the file. */
export function trustByDomain(db: TrustDb): ReadonlyMap<string, readonly string[]> {
  const pairs = [...db].flatMap(([key, domains]) => domains.map((domain) => ({ key, domain })));
  const byDomain = new Map<string, string[]>();
  for (const { key, domain } of pairs.sort((a, b) => (a.domain < b.domain ? -1 : a.domain > b.domain ? 1 : 0))) {
    byDomain.set(domain, [...(byDomain.get(domain) ?? []), key]);
  }
  return byDomain;
}
