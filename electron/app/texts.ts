import english from '../../assets/locales/en.json' with { type: 'json' };
import { createIntl, type Translator } from '../../shared/i18n/translator.ts';

/** The texts of menus, the tray and notifications. @param locale of the system; formats follow it if it speaks English */
export function createMainTexts(locale: string): Translator {
  return createIntl(/^en\b/i.test(locale) ? locale : 'en', english);
}
