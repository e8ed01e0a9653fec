import { formatDay } from '../../../shared/i18n/format.ts';
import type { Translator } from '../../../shared/i18n/translator.ts';
import type { TimelineEntry } from '../../../shared/model/index.ts';

/** "2.0 of 22 Sep 2026": an entry in a sentence or a list. */
export function entryWords(intl: Translator, { version, at }: TimelineEntry): string {
  const date = at === null ? intl.t('timeline.unknown-date') : formatDay(intl, at);
  return intl.t('timeline.entry', { version, date });
}
