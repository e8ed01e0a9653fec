import { AppError } from '../../../shared/errors/app-error.ts';
import type { Feed, LocalizedText } from '../feed/model.ts';
import { parseLanguage } from '../feed/languages.ts';
import { parseHttpUrl, redactUrl } from '../trust/url.ts';
import { menuCategories } from './categories.ts';
import { cleanText } from './entry-text.ts';

/** What an entry starts: a program by the URL or absolute path of its feed, or one of its apps. */
export interface DesktopTarget {
  readonly uri: string;
  /** Name of the app; null for the program itself. */
  readonly app: string | null;
}

/** A text, and what it is in other languages. */
export interface TranslatedText {
  readonly text: string;
  /** Locale as desktop entries name it (`de`, `pt_BR`) → text. */
  readonly translations: ReadonlyMap<string, string>;
}

/** A further command of a program. */
export interface DesktopAction {
  readonly command: string;
  readonly name: TranslatedText;
}

/** A program as a desktop shows it. */
export interface DesktopProgram {
  readonly target: DesktopTarget;
  readonly name: TranslatedText;
  readonly summary: TranslatedText;
  /** Names that menus know. */
  readonly categories: readonly string[];
  readonly needsTerminal: boolean;
  readonly actions: readonly DesktopAction[];
  /** As in the feed; each desktop reads its own. */
  readonly capabilities: Feed['capabilities'];
}

const maxNameLength = 200;
const maxSummaryLength = 500;
const maxTranslations = 100;
const maxActions = 20;

/**
 * What a desktop needs to know about a program.
 *
 * @throws AppError `bad-url` if entries cannot be made for the target
 * @see feeds.md 11
 */
export function describeProgram(feed: Feed, target: DesktopTarget): DesktopProgram {
  checkTarget(target);
  const main = feed.entryPoints.find(({ command }) => command === 'run');
  const title = shorten(feed.title, maxNameLength) || identityOf(target);
  const needsTerminal = feed.needsTerminal || main?.needsTerminal === true;
  return {
    target,
    // Apps of one program are told apart by their names.
    name:
      target.app === null
        ? translate(main?.names ?? [], title, maxNameLength)
        : { text: `${title} (${target.app})`, translations: new Map() },
    summary: translate(main?.summaries.length ? main.summaries : feed.summaries, '', maxSummaryLength),
    categories: menuCategories(feed.categories),
    needsTerminal,
    actions: feed.entryPoints
      .filter((point) => point.command !== 'run' && isOneLine(point.command))
      // A menu can give a terminal to all of a program or to nothing of it.
      .filter((point) => needsTerminal || !point.needsTerminal)
      .slice(0, maxActions)
      .map(({ command, names }) => ({ command, name: translate(names, `${title} ${command}`, maxNameLength) })),
    capabilities: feed.capabilities,
  };
}

/** What tells a target from others, and what `0desk run` takes for it. */
export function identityOf({ uri, app }: { readonly uri: string | null; readonly app: string | null }): string {
  return app ?? uri ?? '';
}

/** Checked again before anything is written, whoever asks. @throws AppError `bad-url` */
export function checkTarget({ uri, app }: DesktopTarget): void {
  if (!uri.startsWith('/')) parseHttpUrl(uri);
  if (!isOneLine(uri) || (app !== null && !isOneLine(app))) {
    throw new AppError('bad-url', {
      url: redactUrl(app ?? uri),
      reason: 'it has characters that end lines or are not text',
    });
  }
}

function isOneLine(text: string): boolean {
  return text !== '' && cleanText(text) === text && !/[\n\r\t]/.test(text);
}

/** English, or what stands in its place, is the text of all who have no other. */
function translate(texts: readonly LocalizedText[], fallback: string, maxLength: number): TranslatedText {
  const translations = new Map<string, string>();
  for (const { lang, text } of texts) {
    const locale = localeOf(lang);
    const short = shorten(text, maxLength);
    if (locale === null || short === '' || translations.has(locale) || translations.size >= maxTranslations) continue;
    translations.set(locale, short);
  }
  const english = translations.get('en');
  translations.delete('en');
  const [first = ''] = translations.values();
  return { text: english ?? (fallback || first), translations };
}

function localeOf(lang: string): string | null {
  const { language, country } = parseLanguage(lang) ?? { language: '', country: null };
  if (!/^[a-z]{2,3}$/.test(language)) return null;
  if (country === null) return language;
  return /^[a-z]{2}$/.test(country) ? `${language}_${country.toUpperCase()}` : null;
}

function shorten(text: string, maxLength: number): string {
  return Array.from(cleanText(text).trim()).slice(0, maxLength).join('');
}
