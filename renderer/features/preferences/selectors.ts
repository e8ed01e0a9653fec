/** Freshness choices of the page, in seconds; 0 is never. */
export const freshnessChoices = [
  { seconds: 0, name: 'never' },
  { seconds: 86_400, name: 'day' },
  { seconds: 604_800, name: 'week' },
  { seconds: 2_592_000, name: 'month' },
  { seconds: 31_536_000, name: 'year' },
] as const;

/** Name of a freshness, or null for a value that somebody wrote into the file by hand. */
export function freshnessName(seconds: number): (typeof freshnessChoices)[number]['name'] | null {
  return freshnessChoices.find((choice) => choice.seconds === seconds)?.name ?? null;
}

/** Languages that programs are often translated into, as their names in variables of the environment. */
export const programLanguages = [
  ...[
    'ar',
    'bg',
    'ca',
    'cs',
    'da',
    'de',
    'de_AT',
    'de_CH',
    'el',
    'en',
    'en_GB',
    'en_US',
    'eo',
    'es',
    'es_MX',
    'et',
    'eu',
  ],
  ...[
    'fa',
    'fi',
    'fr',
    'fr_CA',
    'ga',
    'gl',
    'he',
    'hi',
    'hr',
    'hu',
    'id',
    'is',
    'it',
    'ja',
    'ko',
    'lt',
    'lv',
    'nb',
    'nl',
  ],
  ...['nn', 'pl', 'pt', 'pt_BR', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'th', 'tr', 'uk', 'vi', 'zh_CN', 'zh_TW'],
] as const;

/** What a language such as `pt_BR` is called in the language of the window. */
export function languageName(locale: string, code: string): string {
  return new Intl.DisplayNames([locale], { type: 'language' }).of(code.replace('_', '-')) ?? code;
}

/** The list with one of its items before another one; null: after all others. */
export function moved(list: readonly string[], item: string, before: string | null): readonly string[] {
  const others = list.filter((one) => one !== item);
  const at = before === null ? others.length : others.indexOf(before);
  return [...others.slice(0, at), item, ...others.slice(at)];
}
