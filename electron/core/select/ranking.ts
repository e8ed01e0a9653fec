import type { NetworkUse } from '../../../shared/model/settings.ts';
import { anyRank, cpuRank, osRank } from '../arch/arch.ts';
import { compareBytes } from '../byte-order.ts';
import { isUnderstood, languageRank, type LanguageScores } from '../feed/languages.ts';
import type { Language } from '../feed/model.ts';
import { firstListKey } from '../version/version-key.ts';
import { stabilityRank, type Candidate, type Selectable } from './candidate.ts';
import type { Platform } from './platform.ts';

/** Systems and processors have ranks from 1; there are fewer real ones than this. Then come any and unknown ones. */
const rankCount = 16;
const preferred = stabilityRank('preferred');

/** What the order depends on besides the candidates. */
export interface RankingRules {
  readonly platform: Platform;
  readonly languages: LanguageScores;
  readonly networkUse: NetworkUse;
  /** Place of the policy among the levels: everything from it on counts as equally good. */
  readonly policy: number;
}

/**
 * Computes the keys that candidates are ordered by besides their versions: one number for those that count before the
 * version (1 to 5), one for those that count after it (9 to 13).
 *
 * @see selection.md 7.5
 */
export class RankingKeys {
  readonly #rules: RankingRules;
  readonly #languages: LanguageKeys;

  constructor(rules: RankingRules) {
    this.#rules = rules;
    this.#languages = new LanguageKeys(rules.languages);
  }

  head({ kind, langs }: Selectable, stability: number, isAvailable: boolean): number {
    const { networkUse, policy } = this.#rules;
    const counted = stability >= policy ? preferred : stability;
    let key = stability === preferred ? 0 : 1;
    key = key * 2 + (this.#languages.of(langs).isUnderstood ? 0 : 1);
    key = key * 2 + (networkUse === 'full' || isAvailable ? 0 : 1);
    key = key * 2 + (kind === 'package' && !isAvailable ? 1 : 0);
    return key * (preferred + 1) + preferred - counted;
  }

  tail({ kind, os, cpu, langs }: Selectable, isAvailable: boolean): number {
    const { platform, networkUse } = this.#rules;
    const { rank } = this.#languages.of(langs);
    let key = smallRank(osRank(platform.os, os));
    key = key * 2 + (kind === 'compile' ? 1 : 0);
    key = key * rankCount + smallRank(cpuRank(platform.cpu, cpu, platform.hasMultiArch));
    key = key * (maxLanguageRank + 1) + maxLanguageRank - rank;
    return key * 2 + (networkUse === 'full' && !isAvailable ? 1 : 0);
  }
}

/**
 * Puts candidates in order, best first.
 *
 * @see selection.md 7.5
 */
export function rankCandidates(candidates: readonly Candidate[]): readonly Candidate[] {
  return [...candidates].sort(candidates.some(isPackage) ? compareWithPackages : compare);
}

/** Keys 6 and 7 can be left out where there are no packages: key 8 says the same as 6 and more. */
function compareWithPackages(one: Candidate, other: Candidate): number {
  if (one.head !== other.head) return one.head - other.head;
  const list = firstListKey(one.versionKey);
  const otherList = firstListKey(other.versionKey);
  if (list !== otherList) return list > otherList ? -1 : 1;
  if (isPackage(one) !== isPackage(other)) return isPackage(one) ? -1 : 1;
  return compare(one, other);
}

function compare(one: Candidate, other: Candidate): number {
  if (one.head !== other.head) return one.head - other.head;
  if (one.versionKey !== other.versionKey) return one.versionKey > other.versionKey ? -1 : 1;
  if (one.tail !== other.tail) return one.tail - other.tail;
  const { id, fromFeed } = one.implementation;
  const { id: otherId, fromFeed: otherFeed } = other.implementation;
  return compareBytes(otherId, id) || compareBytes(otherFeed, fromFeed);
}

/** Nobody lists more languages than half of this. With it the whole key is a small integer, which is compared fastest. */
const maxLanguageRank = 0xffff;

function smallRank(rank: number | null): number {
  if (rank === null) return rankCount - 1;
  return rank === anyRank ? rankCount - 2 : rank;
}

function isPackage({ implementation }: Candidate): boolean {
  return implementation.id.startsWith('package:');
}

interface LanguageKey {
  readonly isUnderstood: boolean;
  readonly rank: number;
}

/** Languages of implementations are few different lists, shared by many. */
class LanguageKeys {
  readonly #scores: LanguageScores;
  readonly #keys = new Map<readonly Language[], LanguageKey>();

  constructor(scores: LanguageScores) {
    this.#scores = scores;
  }

  of(langs: readonly Language[]): LanguageKey {
    return this.#keys.get(langs) ?? this.#add(langs);
  }

  #add(langs: readonly Language[]): LanguageKey {
    const best = langs.reduce((rank, language) => Math.max(rank, languageRank(this.#scores, language)), 0);
    const key: LanguageKey = {
      isUnderstood: langs.some((language) => isUnderstood(this.#scores, language)),
      rank: Math.min(best, maxLanguageRank),
    };
    this.#keys.set(langs, key);
    return key;
  }
}
