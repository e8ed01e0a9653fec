/** Languages that the window has texts in. */
export const windowLanguages = ['en', 'de', 'es', 'fr'] as const;
export type WindowLanguage = (typeof windowLanguages)[number];

export function isWindowLanguage(word: string): word is WindowLanguage {
  return windowLanguages.some((known) => known === word);
}

/** What those who speak a language call it. */
export const languageNames: Readonly<Record<WindowLanguage, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
};

/**
 * The language of the window, and the locale whose formats it takes: of a country that speaks it, or dates would mix languages.
 *
 * @param wanted what the person has set
 * @param preferred BCP 47 tags of the system, best first
 */
export function chooseLanguage(
  wanted: WindowLanguage | 'system',
  preferred: readonly string[],
): { readonly language: WindowLanguage; readonly locale: string } {
  const language =
    wanted === 'system'
      ? (preferred.map(languageOf).find((one) => windowLanguages.some((known) => known === one)) ?? 'en')
      : wanted;
  const locale = preferred.find((tag) => languageOf(tag) === language) ?? language;
  return { language: language as WindowLanguage, locale };
}

/** Whether a locale is written from right to left. */
export function isRightToLeft(locale: string): boolean {
  return ['ar', 'fa', 'he', 'ur'].includes(languageOf(locale));
}

function languageOf(tag: string): string {
  return tag.split(/[-_]/)[0]?.toLowerCase() ?? '';
}
