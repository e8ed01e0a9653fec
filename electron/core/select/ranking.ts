import type { NetworkUse } from '../../../shared/model/settings.ts';
import { cpuRank, osRank } from '../arch/arch.ts';
import { compareBytes } from '../byte-order.ts';
import { isUnderstood, languageRank, type LanguageScores } from '../feed/languages.ts';
import type { Language } from '../feed/model.ts';
import { stabilityRank, type Candidate } from './candidate.ts';
import { firstListKey } from './version-key.ts';
import type { Platform } from './platform.ts';

/** Rank of a system or processor that the target does not run. */
const unknownRank = 200;
const preferred = stabilityRank('preferred');

/** What the order depends on besides the candidates. */
export interface RankingRules {
  readonly platform: Platform;
  readonly languages: LanguageScores;
  readonly networkUse: NetworkUse;
  /** Place of the policy among the levels: everything from it on counts as equally good. */
  readonly policy: number;
}

/** A candidate with its keys, computed once. Lower numbers are better, greater texts are better. */
interface Keyed {
  readonly candidate: Candidate;
  /** Keys 1 to 5. */
  readonly head: number;
  /** Keys 9 to 13. */
  readonly tail: number;
  /** Key 6; only where key 7 can differ, for else key 8 says the same. */
  readonly firstList: string;
  readonly isPackage: boolean;
}

/**
 * Puts candidates in order, best first.
 *
 * @see selection.md 7.5
 */
export function rankCandidates(candidates: readonly Candidate[], rules: RankingRules): readonly Candidate[] {
  const languages = new LanguageKeys(rules.languages);
  const hasPackages = candidates.some((candidate) => isPackage(candidate));
  const keyed = candidates.map((candidate): Keyed => {
    const { langs } = candidate.implementation;
    return {
      candidate,
      head: headKey(candidate, languages.isUnderstood(langs), rules),
      tail: tailKey(candidate, languages.rank(langs), rules),
      firstList: hasPackages ? firstListKey(candidate.versionKey) : '',
      isPackage: hasPackages && isPackage(candidate),
    };
  });
  return keyed.sort(compare).map(({ candidate }) => candidate);
}

function compare(one: Keyed, other: Keyed): number {
  if (one.head !== other.head) return one.head - other.head;
  if (one.firstList !== other.firstList) return one.firstList > other.firstList ? -1 : 1;
  if (one.isPackage !== other.isPackage) return one.isPackage ? -1 : 1;
  const version = one.candidate.versionKey;
  const otherVersion = other.candidate.versionKey;
  if (version !== otherVersion) return version > otherVersion ? -1 : 1;
  if (one.tail !== other.tail) return one.tail - other.tail;
  const { id, fromFeed } = one.candidate.implementation;
  const { id: otherId, fromFeed: otherFeed } = other.candidate.implementation;
  return compareBytes(otherId, id) || compareBytes(otherFeed, fromFeed);
}

function headKey(
  { implementation, stability, isAvailable }: Candidate,
  understood: boolean,
  rules: RankingRules,
): number {
  const needsAdmin = implementation.kind === 'package' && !isAvailable;
  const counted = stability >= rules.policy ? preferred : stability;
  let key = stability === preferred ? 0 : 1;
  key = key * 2 + (understood ? 0 : 1);
  key = key * 2 + (rules.networkUse === 'full' || isAvailable ? 0 : 1);
  key = key * 2 + (needsAdmin ? 1 : 0);
  return key * (preferred + 1) + preferred - counted;
}

function tailKey({ implementation, isAvailable }: Candidate, rank: number, rules: RankingRules): number {
  const { os, cpu, hasMultiArch } = rules.platform;
  const systemRank = osRank(os, implementation.os) ?? unknownRank;
  const processorRank = cpuRank(cpu, implementation.cpu, hasMultiArch) ?? unknownRank;
  let key = systemRank * 2 + (implementation.kind === 'compile' ? 1 : 0);
  key = key * (unknownRank + 1) + processorRank;
  key = key * (maxLanguageRank + 1) + maxLanguageRank - Math.min(rank, maxLanguageRank);
  return key * 2 + (rules.networkUse === 'full' && !isAvailable ? 1 : 0);
}

/** Nobody lists more languages than half of this. */
const maxLanguageRank = 0xffff;

function isPackage({ implementation }: Candidate): boolean {
  return implementation.id.startsWith('package:');
}

/** Languages of implementations are few different lists, shared by many. */
class LanguageKeys {
  readonly #scores: LanguageScores;
  readonly #understood = new Map<readonly Language[], boolean>();
  readonly #ranks = new Map<readonly Language[], number>();

  constructor(scores: LanguageScores) {
    this.#scores = scores;
  }

  isUnderstood(langs: readonly Language[]): boolean {
    const known = this.#understood.get(langs);
    if (known !== undefined) return known;
    const understood = langs.some((language) => isUnderstood(this.#scores, language));
    this.#understood.set(langs, understood);
    return understood;
  }

  rank(langs: readonly Language[]): number {
    const known = this.#ranks.get(langs);
    if (known !== undefined) return known;
    const rank = langs.reduce((best, language) => Math.max(best, languageRank(this.#scores, language)), 0);
    this.#ranks.set(langs, rank);
    return rank;
  }
}
