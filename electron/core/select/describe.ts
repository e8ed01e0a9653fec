import { chooseText } from '../feed/languages.ts';
import type { Language } from '../feed/model.ts';
import { formatVersion } from '../version/version.ts';
import type { AvailabilityCheck } from './availability.ts';
import type { Candidate } from './candidate.ts';
import type { RoleCandidates } from './candidates.ts';
import type { ChosenImplementation } from './model.ts';

/** What the window and the fetcher need to know about a candidate. The version is canonical. */
export function describeCandidate(
  { implementation, userRating }: Pick<Candidate, 'implementation' | 'userRating'>,
  availability: AvailabilityCheck,
): ChosenImplementation {
  const { id, fromFeed, version, released, stability, os, cpu, attributes, digests, kind } = implementation;
  return {
    id,
    fromFeed,
    version: formatVersion(version),
    released,
    stability,
    userRating,
    arch: formatArch(os, cpu),
    langs: attributes['langs'] ?? null,
    availability: availability.describe(implementation),
    digests: digests.map(({ directory }) => directory),
    retrievalMethods: kind === 'stored' ? implementation.retrievalMethods : [],
  };
}

/** `OS-CPU`, or null for anything on any machine. */
export function formatArch(os: string | null, cpu: string | null): string | null {
  return os === null && cpu === null ? null : `${os ?? '*'}-${cpu ?? '*'}`;
}

/** The program's name from its feed, else the last part of its address. */
export function nameOf({ master, role }: Pick<RoleCandidates, 'master' | 'role'>): string {
  return master?.title ?? lastPart(role.interface);
}

export function summaryOf({ master }: Pick<RoleCandidates, 'master'>, languages: readonly Language[]): string {
  return chooseText(master?.summaries ?? [], languages);
}

/** `paint` of `https://example.com/paint.xml`. */
export function lastPart(uri: string): string {
  const part = uri.split('/').findLast((one) => one !== '') ?? uri;
  return part.endsWith('.xml') && part.length > '.xml'.length ? part.slice(0, -'.xml'.length) : part;
}
