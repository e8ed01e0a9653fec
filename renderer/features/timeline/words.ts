import { formatDay } from '../../../shared/i18n/format.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { TimelineChange, TimelineEntry } from '../../../shared/model/index.ts';

/** "Toolkit 3.1 → 3.2", "Spelling 1.3 is new", "Pictures 0.9 is no longer used". */
export function changeWords({ t }: Translator, { name, from, to }: TimelineChange): string {
  if (from === null) return t('timeline.change-new', { name, to: to ?? '' });
  if (to === null) return t('timeline.change-gone', { name, from });
  return t('timeline.change', { name, from, to });
}

/** "2.0 of 22 Sep 2026": an entry in a sentence or a list. */
export function entryWords(intl: Translator, { version, at }: TimelineEntry): string {
  const date = at === null ? intl.t('timeline.unknown-date') : formatDay(intl, at);
  return intl.t('timeline.entry', { version, date });
}
