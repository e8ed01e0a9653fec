import type { RankingKey } from '../../../shared/model/decision.ts';
import { cpuRank, osRank } from '../arch/arch.ts';
import { isUnderstood, languageRank } from '../feed/languages.ts';
import { firstListKey } from '../version/version-key.ts';
import { stabilityRank, type Candidate } from './candidate.ts';
import type { RankingRules } from './ranking.ts';

type Value = number | string | boolean;

/** A key of the ranking with its value for a candidate. */
interface Key {
  readonly name: RankingKey;
  readonly valueOf: (candidate: Candidate, rules: RankingRules) => Value;
}

const preferred = stabilityRank('preferred');
/** After every real rank and the rank of "any". */
const unknownRank = 200;

/** In the order in which they count. `rankCandidates` packs them into numbers; here they are apart, to be named. */
const keys: readonly Key[] = [
  { name: 'preferred', valueOf: ({ stability }) => stability === preferred },
  {
    name: 'language',
    valueOf: ({ implementation }, { languages }) => implementation.langs.some((one) => isUnderstood(languages, one)),
  },
  { name: 'available-first', valueOf: ({ isAvailable }, { networkUse }) => networkUse === 'full' || isAvailable },
  {
    name: 'needs-no-install',
    valueOf: ({ implementation, isAvailable }) => implementation.kind !== 'package' || isAvailable,
  },
  { name: 'stability', valueOf: ({ stability }, { policy }) => (stability >= policy ? preferred : stability) },
  { name: 'main-version', valueOf: ({ versionKey }) => firstListKey(versionKey) },
  { name: 'native', valueOf: ({ implementation }) => implementation.id.startsWith('package:') },
  { name: 'version', valueOf: ({ versionKey }) => versionKey },
  {
    name: 'os',
    valueOf: ({ implementation }, { platform }) => -(osRank(platform.os, implementation.os) ?? unknownRank),
  },
  { name: 'exists', valueOf: ({ implementation }) => implementation.kind !== 'compile' },
  {
    name: 'cpu',
    valueOf: ({ implementation }, { platform }) =>
      -(cpuRank(platform.cpu, implementation.cpu, platform.hasMultiArch) ?? unknownRank),
  },
  {
    name: 'country',
    valueOf: ({ implementation }, { languages }) =>
      implementation.langs.reduce((best, one) => Math.max(best, languageRank(languages, one)), 0),
  },
  { name: 'available', valueOf: ({ isAvailable }, { networkUse }) => networkUse !== 'full' || isAvailable },
];

/**
 * The first key in which two candidates of a role differ: what decided which of them ranks higher. If it is none of the
 * others, it is the id or the feed.
 *
 * @see selection.md 7.5
 */
export function decidingKey(one: Candidate, other: Candidate, rules: RankingRules): RankingKey {
  return keys.find(({ valueOf }) => valueOf(one, rules) !== valueOf(other, rules))?.name ?? 'id';
}
