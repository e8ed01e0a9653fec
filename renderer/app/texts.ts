import { createStore } from 'zustand/vanilla';
import english from '../../assets/locales/en.json';
import { chooseLanguage, isRightToLeft, windowLanguages, type WindowLanguage } from '../../shared/languages.ts';
import type { Messages } from '../../shared/i18n/messages.ts';
import { toPseudoMessages } from '../../shared/i18n/pseudo.ts';
import { createIntl, type Translator } from '../../shared/i18n/translator.ts';

/** Languages of the page; the invented ones are for tests. */
export type PageLanguage = WindowLanguage | 'pseudo' | 'rtl';

type Load = () => Promise<{ readonly default: Partial<Messages> }>;

/** Loaded when they are needed; the page is there sooner without. */
const catalogues: Readonly<Record<Exclude<WindowLanguage, 'en'>, Load>> = {
  de: () => import('../../assets/locales/de.json'),
  es: () => import('../../assets/locales/es.json'),
  fr: () => import('../../assets/locales/fr.json'),
};

/** Texts in a language; what it lacks is said in English. @param preferred languages of the system, best first */
export async function loadTexts(wanted: PageLanguage | 'system', preferred: readonly string[]): Promise<Translator> {
  if (wanted === 'pseudo') return createIntl('en', toPseudoMessages(english));
  if (wanted === 'rtl') return createIntl('ar-u-nu-latn', english);
  const { language, locale } = chooseLanguage(wanted, preferred);
  if (language === 'en') return createIntl(locale, english);
  const { default: translated } = await catalogues[language]();
  return createIntl(locale, { ...english, ...translated });
}

/** Whether a word names a language of the page. */
export function isPageLanguage(word: string): word is PageLanguage {
  return ['pseudo', 'rtl', ...windowLanguages].includes(word);
}

/** The texts of the window, which may change while it is open. */
export type Texts = ReturnType<typeof createTexts>;

/** Begins with the texts of one language. */
export function createTexts(first: Translator) {
  const store = createStore<{ readonly translator: Translator }>()(() => ({ translator: first }));
  const current = (): Translator => store.getState().translator;
  /** Always speaks the present language, for those who keep it. */
  const translator: Translator = {
    get locale() {
      return current().locale;
    },
    t: (key, values) => current().t(key, values),
    rich: (key, values) => current().rich(key, values),
    number: (value, options) => current().number(value, options),
    date: (value, options) => current().date(value, options),
    relative: (value, unit) => current().relative(value, unit),
    list: (values) => current().list(values),
  };
  const mark = (): void => {
    const { locale } = current();
    document.documentElement.lang = locale;
    document.documentElement.dir = isRightToLeft(locale) ? 'rtl' : 'ltr';
  };
  mark();
  return {
    store,
    translator,
    use: (next: Translator): void => {
      store.setState({ translator: next });
      mark();
    },
  };
}
