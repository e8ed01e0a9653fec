import type { TrustQuestion } from '../../../shared/model/index.ts';

type Key = TrustQuestion['keys'][number];

/** Whether somebody speaks for a key and nobody against it. */
export function hasGoodHint(key: Key): boolean {
  return key.hints.some((hint) => hint.vote === 'good') && key.hints.every((hint) => hint.vote === 'good');
}

/** Keys about to be trusted that nobody speaks for; they need a second answer. */
export function unknownKeys(question: TrustQuestion, chosen: ReadonlySet<string>): readonly Key[] {
  return question.keys.filter((key) => chosen.has(key.fingerprint) && !hasGoodHint(key));
}

/** What is ticked at first: the only key, or those that somebody speaks for. */
export function startingChoice(question: TrustQuestion): ReadonlySet<string> {
  const keys = question.keys.length === 1 ? question.keys : question.keys.filter(hasGoodHint);
  return new Set(keys.map((key) => key.fingerprint));
}
