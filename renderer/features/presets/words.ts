import { assertNever } from '../../../shared/errors/never.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { PresetChange } from '../../../shared/model/index.ts';
import { stabilityWord } from '../../components/domain/words.ts';

/** A setting that changes, in a sentence. */
export function changeWords(intl: Translator, change: PresetChange): string {
  const { t } = intl;
  switch (change.kind) {
    case 'network':
      return t('preset.change-network', { use: t(`preferences.network-${change.networkUse}`) });
    case 'testing':
      return t(change.isOn ? 'preset.change-testing-on' : 'preset.change-testing-off');
    case 'policy':
      return change.policy === null
        ? t('preset.change-policy-default', { name: change.name })
        : t('preset.change-policy', { name: change.name, stability: stabilityWord(intl, change.policy) });
    case 'prefer':
      return t('preset.change-prefer', { name: change.name, version: change.version });
    case 'unrate':
      return t('preset.change-unrate', {
        name: change.name,
        version: change.version,
        rating: stabilityWord(intl, change.rating),
      });
    case 'feed':
      return t('preset.change-feed', { name: change.name, feed: change.feed });
    case 'hold':
      return t('preset.change-hold', { name: change.name });
    case 'release':
      return t('preset.change-release', { name: change.name });
    default:
      return assertNever(change);
  }
}
