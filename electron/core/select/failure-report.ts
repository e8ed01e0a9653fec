import { roleText } from '../selections/roles.ts';
import { formatVersion } from '../version/version.ts';
import type { Candidate, RejectedCandidate } from './candidate.ts';
import type { MatchEntry } from './closest-match.ts';

const maxIdLength = 20;
const cutIdLength = 17;
const listedCandidates = 5;

/**
 * The complete failure report, in the reference's words and layout.
 *
 * @see selection.md 13.1
 */
export function formatFailure(entries: readonly MatchEntry[], { isOffline }: { readonly isOffline: boolean }): string {
  return [
    "Can't find all required implementations:",
    ...entries.flatMap((entry) => {
      const chosen = entry.chosen === null ? '(problem)' : describe(entry.chosen);
      return [`- ${roleText(entry.role.role)} -> ${chosen}`, ...problemLines(entry).map((line) => `    ${line}`)];
    }),
    ...(isOffline ? ['Note: 0install is in off-line mode'] : []),
  ].join('\n');
}

/** What the report says about one role, without the first line. */
export function problemLines(entry: MatchEntry): readonly string[] {
  return entry.chosen === null ? [...entry.notes, ...candidateLines(entry)] : entry.notes;
}

function candidateLines({ role, rejected }: MatchEntry): readonly string[] {
  if (role.accepted.length === 0 && role.rejected.length === 0) return ['No known implementations at all'];
  const listed = [...rejected].sort(byVersion).slice(0, listedCandidates);
  return [
    role.accepted.length === 0 ? 'No usable implementations:' : 'Rejected candidates:',
    ...listed.map(({ candidate, reason }) => `  ${describe(candidate)}: ${reason}`),
    ...(rejected.length > listedCandidates ? ['  ...'] : []),
  ];
}

function byVersion(one: RejectedCandidate, other: RejectedCandidate): number {
  const key = one.candidate.versionKey;
  const otherKey = other.candidate.versionKey;
  return key === otherKey ? 0 : key > otherKey ? -1 : 1;
}

function describe({ implementation }: Candidate): string {
  const { id, version } = implementation;
  const shown = id.length > maxIdLength ? `${id.slice(0, cutIdLength)}...` : id;
  return `v${formatVersion(version)} (${shown})`;
}
