import english from '../../assets/locales/en.json' with { type: 'json' };
import { chooseLanguage, type WindowLanguage } from '../../shared/languages.ts';
import type { Messages } from '../../shared/i18n/messages.ts';
import { createIntl, type Translator } from '../../shared/i18n/translator.ts';

type Load = () => Promise<{ readonly default: Partial<Messages> }>;

const catalogues: Readonly<Record<Exclude<WindowLanguage, 'en'>, Load>> = {
  de: () => import('../../assets/locales/de.json', { with: { type: 'json' } }),
  es: () => import('../../assets/locales/es.json', { with: { type: 'json' } }),
  fr: () => import('../../assets/locales/fr.json', { with: { type: 'json' } }),
};

/**
 * The texts of menus, the tray and notifications; what a language lacks is said in English.
 *
 * @param preferred languages of the system, best first
 */
export async function loadMainTexts(
  wanted: WindowLanguage | 'system',
  preferred: readonly string[],
): Promise<Translator> {
  const { language, locale } = chooseLanguage(wanted, preferred);
  if (language === 'en') return createIntl(locale, english);
  const { default: translated } = await catalogues[language]();
  return createIntl(locale, { ...english, ...translated });
}
