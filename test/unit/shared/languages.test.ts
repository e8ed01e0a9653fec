import { describe, expect, it } from 'vitest';
import { chooseLanguage, isRightToLeft } from '../../../shared/languages.ts';

describe('the language of the window', () => {
  it('is the first of the system that there are texts in', () => {
    expect(chooseLanguage('system', ['fi-FI', 'de-AT', 'fr'])).toEqual({ language: 'de', locale: 'de-AT' });
    expect(chooseLanguage('system', ['fi-FI'])).toEqual({ language: 'en', locale: 'en' });
    expect(chooseLanguage('system', [])).toEqual({ language: 'en', locale: 'en' });
  });

  it('is what the person wants, in the formats of a country that speaks it', () => {
    expect(chooseLanguage('es', ['de-AT', 'es-MX'])).toEqual({ language: 'es', locale: 'es-MX' });
    expect(chooseLanguage('fr', ['de-AT'])).toEqual({ language: 'fr', locale: 'fr' });
    expect(chooseLanguage('en', ['de-AT'])).toEqual({ language: 'en', locale: 'en' });
  });

  it('may be written from right to left', () => {
    expect(isRightToLeft('ar-u-nu-latn')).toBe(true);
    expect(isRightToLeft('de')).toBe(false);
  });
});
