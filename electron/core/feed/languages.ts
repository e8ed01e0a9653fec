import type { Language, LocalizedText } from './model.ts';

/** Always understood, whatever the person's languages are. */
const fallback: Language = { language: 'en', country: 'gb' };

const syntax = /^([a-z]+)(?:[-_]([a-z]+))?(?:[.:].*)?(?:@.*)?$/s;

/**
 * Points of a person's languages, higher is better; key `language` or `language_country`. What has none is foreign.
 *
 * @see selection.md 6
 */
export type LanguageScores = ReadonlyMap<string, number>;

/**
 * Reads a language name such as `de`, `pt_BR` or `en-GB.UTF-8`; encoding and variant are dropped.
 *
 * @returns null if it is not one
 * @see feeds.md 9.2
 */
export function parseLanguage(text: string): Language | null {
  const match = syntax.exec(text.toLowerCase());
  if (match?.[1] === undefined) return null;
  return { language: match[1], country: match[2] ?? null };
}

/**
 * The person's languages, best first, from the usual variables; English is always the last.
 *
 * @param systemLocales used when none of the variables is set (a desktop knows better than `C`)
 * @see selection.md 6
 */
export function userLanguages(
  env: Readonly<Record<string, string | undefined>>,
  systemLocales: readonly string[] = [],
): readonly Language[] {
  const languages = localeNames(env, systemLocales)
    .map(parseLanguage)
    .filter((language) => language !== null);
  const hasFallback = languages.some((one) => languageKey(one) === languageKey(fallback));
  return hasFallback ? languages : [...languages, fallback];
}

/** Gives points to languages, which are listed best first. */
export function languageScores(languages: readonly Language[]): LanguageScores {
  const scores = new Map<string, number>();
  let points = 2 * languages.length + 2;
  for (const language of languages) {
    const key = languageKey(language);
    if (scores.has(key)) continue;
    points -= 2;
    scores.set(key, points);
    scores.set(language.language, points - 1);
  }
  return scores;
}

/** Whether the person can read a language, in the variant of any country. */
export function isUnderstood(scores: LanguageScores, language: Language): boolean {
  return scores.has(language.language);
}

/** Points of exactly this language and country, else 0. */
export function languageRank(scores: LanguageScores, language: Language): number {
  return scores.get(languageKey(language)) ?? 0;
}

/**
 * Picks the text in the language the person likes best; the first one among equals, and if no language is known.
 *
 * @returns '' if there is no text
 * @see feeds.md 4
 */
export function chooseText(texts: readonly LocalizedText[], languages: readonly Language[]): string {
  if (texts.length < 2) return texts[0]?.text ?? '';
  const scores = languageScores(languages);
  let best = texts[0];
  let bestScore = 0;
  for (const text of texts) {
    const language = parseLanguage(text.lang);
    const score = language === null ? 0 : languageRank(scores, language) || (scores.get(language.language) ?? 0);
    if (score > bestScore) {
      best = text;
      bestScore = score;
    }
  }
  return best?.text ?? '';
}

function localeNames(
  env: Readonly<Record<string, string | undefined>>,
  systemLocales: readonly string[],
): readonly string[] {
  const base = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  if (base === undefined) return systemLocales;
  if (base === 'C') return [];
  const list = env['LANGUAGE'];
  return list === undefined ? [base] : list.split(':');
}

function languageKey(language: Language): string {
  return language.country === null ? language.language : `${language.language}_${language.country}`;
}
