import { parse } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import french from '../../../../assets/locales/fr.json' with { type: 'json' };
import german from '../../../../assets/locales/de.json' with { type: 'json' };
import spanish from '../../../../assets/locales/es.json' with { type: 'json' };
import { windowLanguages } from '../../../../shared/languages.ts';
import { argumentsOf } from '../../../helpers/messages.ts';

const originals: Readonly<Record<string, string>> = english;
const translations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: german,
  es: spanish,
  fr: french,
};

describe.each(Object.entries(translations))('the texts in %s', (_language, texts) => {
  it('are all there, in the same order', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(originals));
  });

  it('parse, and use the arguments and tags of the English ones', () => {
    const wrong = Object.entries(texts).flatMap(([key, text]) => {
      const original = originals[key];
      if (original === undefined) return [`${key} is not in English`];
      const wanted = [...argumentsOf(parse(original))].sort().join();
      const given = [...argumentsOf(parse(text))].sort().join();
      return wanted === given ? [] : [`${key}: wants ${wanted}; has ${given}`];
    });
    expect(wrong).toEqual([]);
  });
});

it('there is a catalogue for each language of the window', () => {
  expect(Object.keys(translations).sort()).toEqual(windowLanguages.filter((one) => one !== 'en').sort());
});
