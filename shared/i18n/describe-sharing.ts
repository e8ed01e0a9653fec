import type { PrivateNote, RefusalName, ShareStep } from '../model/sharing.ts';
import { cleanText } from './describe-error.ts';
import type { Translator } from './translator.ts';

/** What a step of setting up sharing is about. */
export function stepWords(intl: Pick<Translator, 't'>, id: ShareStep['id']): string {
  return intl.t(`sharing.step-${id}`);
}

/** What is wrong about a step, in a sentence; null if it is in order. */
export function stepProblem(intl: Pick<Translator, 't'>, { problem }: Pick<ShareStep, 'problem'>): string | null {
  if (problem === null) return null;
  const { kind, what, found } = problem;
  return intl.t(`sharing.problem-${kind}`, { what: cleanText(what), found: cleanText(found) });
}

/** Why the helper of the shared store refused something. */
export function refusalWords(intl: Pick<Translator, 't'>, reason: RefusalName): string {
  return intl.t(`sharing.refusal-${reason}`);
}

/** Why something was stored for one user alone, to be put into a sentence. */
export function noteWords(intl: Pick<Translator, 't'>, why: PrivateNote): string {
  if (why.kind === 'refused') return refusalWords(intl, why.code);
  return why.kind === 'failed' ? cleanText(why.reason) : intl.t('sharing.cause-no-helper');
}
