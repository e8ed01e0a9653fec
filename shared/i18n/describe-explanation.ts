import { assertNever } from '../errors/never.ts';
import type { Explanation, RoleChange } from '../model/decision.ts';
import { describeChange, type NameOf } from './describe-conflict.ts';
import { withoutControls } from './describe-error.ts';
import type { Translator } from './translator.ts';

/** An explanation in words. */
export interface ExplanationText {
  readonly sentence: string;
  /** What would be different with this version, or null if that is not the point. */
  readonly changes: readonly RoleChange[] | null;
  /** The reference's report, for those who want to know. */
  readonly report: string | null;
}

/** Why (not) this version, as a sentence. @param version as it is shown */
export function describeExplanation(
  { t }: Translator,
  explanation: Explanation,
  { name, version }: { readonly name: string; readonly version: string },
): ExplanationText {
  const values = { name: withoutControls(name), version: withoutControls(version) };
  const only = (sentence: string): ExplanationText => ({ sentence, changes: null, report: null });
  switch (explanation.kind) {
    case 'selected':
      return only(t('why.selected', values));
    case 'unusable':
      return only(t('why.unusable', { ...values, reason: withoutControls(explanation.reason) }));
    case 'does-not-exist':
      return only(t('why.does-not-exist', values));
    case 'no-selection':
      return { sentence: t('why.no-selection', values), changes: null, report: explanation.report };
    case 'ranked-lower': {
      const better = withoutControls(explanation.better.version);
      const key = t(`why.key.${explanation.key}`);
      return only(t('why.ranked-lower', { ...values, better, key }));
    }
    case 'less-optimal':
      return { sentence: t('why.less-optimal', values), changes: explanation.changes, report: null };
    case 'not-used':
      return { sentence: t('why.not-used', values), changes: explanation.changes, report: null };
    case 'failed':
      return only(withoutControls(explanation.reason));
    default:
      return assertNever(explanation);
  }
}

/** Changes as lines. */
export function describeChanges(intl: Translator, changes: readonly RoleChange[]): readonly string[] {
  const names = new Map(changes.map(({ role, name }) => [role.interface, name]));
  const nameOf: NameOf = (uri) => names.get(uri) ?? uri;
  return changes.map((change) => describeChange(intl, change, nameOf));
}
