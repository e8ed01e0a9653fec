import { describe, expect, it } from 'vitest';
import { createPersonLanguages } from '../../../../electron/services/person-languages.ts';

const english = { language: 'en', country: 'gb' };

describe('the languages of a person [W26]', () => {
  it('are those of the system at first', () => {
    const languages = createPersonLanguages({ LANG: 'fr_CA.UTF-8' });
    expect(languages.policy()).toEqual({});
    expect(languages.environment()).toEqual({});
    expect(languages.forTexts()).toEqual([{ language: 'fr', country: 'ca' }, english]);
  });

  it('are told to programs and to what chooses versions', () => {
    const languages = createPersonLanguages({ LANG: 'fr_CA.UTF-8' });
    languages.note({ language: 'system', programLanguages: ['de_AT', 'pt'] });
    expect(languages.environment()).toEqual({ LANGUAGE: 'de_AT:pt' });
    expect(languages.policy()).toEqual({
      languages: [{ language: 'de', country: 'at' }, { language: 'pt', country: null }, english],
    });
  });

  it('get a locale where the system has none, without which nobody looks at the list', () => {
    for (const env of [{}, { LANG: 'C' }]) {
      const languages = createPersonLanguages(env);
      languages.note({ language: 'system', programLanguages: ['de_AT'] });
      expect(languages.environment()).toEqual({ LANGUAGE: 'de_AT', LANG: 'de_AT.UTF-8' });
    }
  });

  it('describe programs in the language of the window', () => {
    const languages = createPersonLanguages({ LANG: 'fr_CA.UTF-8' });
    languages.note({ language: 'es', programLanguages: [] });
    expect(languages.forTexts()[0]).toEqual({ language: 'es', country: null });
    expect(languages.policy()).toEqual({ textLanguages: languages.forTexts() });
  });
});
