import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { match, toSearchable } from '../../../shared/fuzzy.ts';

const texts = [
  'Run Memo',
  'Open Memo',
  'Download Edit',
  'Network: off-line',
  'Refresh the catalogues',
  'Réglages avancés',
];

/** Texts that fit, the best first. */
function find(typed: string): readonly string[] {
  return texts
    .flatMap((text) => {
      const found = match(toSearchable(text), typed);
      return found === null ? [] : [{ text, score: found.score }];
    })
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);
}

describe('looking for a text by what was typed', () => {
  it.each([
    ['memo', ['Run Memo', 'Open Memo']],
    ['run', ['Run Memo']],
    ['memo run', ['Run Memo']],
    ['dl', ['Download Edit']],
    ['rm', ['Run Memo']],
    ['offline', ['Network: off-line']],
    ['regl', ['Réglages avancés']],
    ['RÉGL AV', ['Réglages avancés']],
    ['zzz', []],
  ])('%s', (typed, expected) => {
    expect(find(typed)).toEqual(expected);
  });

  it('says where the letters are', () => {
    expect(match(toSearchable('Open Memo'), 'mem')?.at).toEqual([5, 6, 7]);
    expect(match(toSearchable('Open Memo'), 'om')?.at).toEqual([0, 5]);
  });

  it('prefers a word that begins so, and the beginning of the text most of all', () => {
    const score = (text: string): number => match(toSearchable(text), 'edit')?.score ?? 0;
    expect(score('Edit it')).toBeGreaterThan(score('An Edit'));
    expect(score('An Edit')).toBeGreaterThan(score('Accredit'));
  });

  it('names ascending places that hold exactly what was typed, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
        (text, typed) => {
          const searchable = toSearchable(text);
          const found = match(searchable, typed);
          if (found === null) return;
          expect([...found.at]).toEqual([...new Set(found.at)].sort((a, b) => a - b));
          expect(searchable.letters).toHaveLength(text.length);
          for (const index of found.at) expect(index).toBeLessThan(text.length);
          const letters = found.at.map((index) => searchable.letters[index]).sort();
          const wanted = new Set(toSearchable(typed).letters.replace(/\s+/g, ''));
          for (const letter of letters) expect([...wanted].join('')).toContain(letter);
        },
      ),
    );
  });

  it('finds every part of a text in it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zé ]{1,40}$/), fc.nat(), fc.nat(), (text, a, b) => {
        const part = text.slice(Math.min(a, b) % text.length, (Math.max(a, b) % text.length) + 1);
        expect(match(toSearchable(text), part)).not.toBeNull();
      }),
    );
  });
});
