import { describe, expect, it } from 'vitest';
import {
  chooseText,
  isUnderstood,
  languageRank,
  languageScores,
  parseLanguage,
  userLanguages,
} from '../../../../../electron/core/feed/languages.ts';

const english = { language: 'en', country: 'gb' };

describe('parseLanguage', () => {
  it('reads language and country, and drops the rest', () => {
    expect(parseLanguage('de')).toEqual({ language: 'de', country: null });
    expect(parseLanguage('pt_BR.UTF-8')).toEqual({ language: 'pt', country: 'br' });
    expect(parseLanguage('ca-ES:x@valencia')).toEqual({ language: 'ca', country: 'es' });
    expect(parseLanguage('sr@latin')).toEqual({ language: 'sr', country: null });
  });

  it.each(['', '_', 'zh-hant-tw', 'de_', '1', 'de DE'])('refuses %j', (text) => {
    expect(parseLanguage(text)).toBeNull();
  });
});

describe('userLanguages', () => {
  it('takes the first variable that is set and not empty', () => {
    expect(userLanguages({ LC_ALL: '', LC_MESSAGES: 'fr_FR.UTF-8', LANG: 'de_DE' })).toEqual([
      { language: 'fr', country: 'fr' },
      english,
    ]);
  });

  it('prefers the list in LANGUAGE, even if it is empty', () => {
    expect(userLanguages({ LANG: 'de_AT', LANGUAGE: 'de_AT:???:en_GB' })).toEqual([
      { language: 'de', country: 'at' },
      english,
    ]);
    expect(userLanguages({ LANG: 'de_AT', LANGUAGE: '' })).toEqual([english]);
  });

  it('knows only English without a locale', () => {
    expect(userLanguages({})).toEqual([english]);
    expect(userLanguages({ LC_ALL: 'C', LANGUAGE: 'de' })).toEqual([english]);
  });

  it('asks the system only if no variable is set', () => {
    expect(userLanguages({}, ['de-CH'])).toEqual([{ language: 'de', country: 'ch' }, english]);
    expect(userLanguages({ LANG: 'C' }, ['de-CH'])).toEqual([english]);
  });
});

describe('scores', () => {
  const scores = languageScores(
    ['en_US', 'en_GB', 'fr'].map((text) => parseLanguage(text)).filter((one) => one !== null),
  );

  it('are those of the example in the specification', () => {
    expect([...scores].sort()).toEqual([
      ['en', 3],
      ['en_gb', 4],
      ['en_us', 6],
      ['fr', 1],
    ]);
  });

  it('say what is understood and how well it fits', () => {
    expect(isUnderstood(scores, { language: 'en', country: 'au' })).toBe(true);
    expect(languageRank(scores, { language: 'en', country: 'au' })).toBe(0);
    expect(languageRank(scores, { language: 'en', country: 'us' })).toBe(6);
    expect(isUnderstood(scores, { language: 'de', country: null })).toBe(false);
  });
});

describe('chooseText', () => {
  const texts = ['fr', 'en_GB', 'de'].map((lang) => ({ lang, text: lang }));

  it('takes the best language', () => {
    expect(chooseText(texts, userLanguages({ LANG: 'x_X', LANGUAGE: 'en_US:en_GB:fr' }))).toBe('en_GB');
    expect(chooseText(texts, userLanguages({ LANG: 'de_AT' }))).toBe('de');
  });

  it('takes the first one if nothing fits, or if the language is nonsense', () => {
    expect(chooseText(texts.slice(2), userLanguages({}))).toBe('de');
    expect(
      chooseText(
        [
          { lang: '??', text: 'a' },
          { lang: 'en', text: 'b' },
        ],
        userLanguages({}),
      ),
    ).toBe('b');
    expect(chooseText([], userLanguages({}))).toBe('');
  });
});
