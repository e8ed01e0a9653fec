import { assertNever } from '../../shared/errors/never.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import { stabilityWord } from '../components/domain/words.ts';
import type { Act } from '../stores/undo-store.ts';

/** What was done, in a sentence. */
export function actWords(intl: Translator, act: Act): string {
  const { t } = intl;
  switch (act.kind) {
    case 'rated':
      return act.rating === null
        ? t('undo.unrated', { version: act.version })
        : t('undo.rated', { version: act.version, rating: stabilityWord(intl, act.rating) });
    case 'policy':
      return act.policy === null
        ? t('undo.policy-default', { name: act.name })
        : t('undo.policy', { name: act.name, stability: stabilityWord(intl, act.policy) });
    case 'feed-added':
      return t('undo.feed-added', { feed: act.feed });
    case 'feed-removed':
      return t('undo.feed-removed', { feed: act.feed });
    case 'app-removed':
      return t('undo.app-removed', { name: act.name });
    case 'source-removed':
      return t('undo.source-removed', { source: act.source });
    case 'sources-reset':
      return t('undo.sources-reset');
    case 'store-added':
      return t('undo.store-added');
    case 'store-removed':
      return t('undo.store-removed', { folder: act.folder });
    case 'draft':
      return t('undo.draft', { count: act.count });
    case 'preset': {
      const preset = t(`preset.${act.preset}`);
      return act.name === null ? t('undo.preset-all', { preset }) : t('undo.preset', { name: act.name, preset });
    }
    default:
      return assertNever(act);
  }
}
