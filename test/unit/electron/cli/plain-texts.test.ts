import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import { plainTexts } from '../../../../electron/cli/plain-texts.ts';
import type { ErrorData } from '../../../../shared/errors/app-error.ts';
import { describeError } from '../../../../shared/i18n/describe-error.ts';
import { createIntl } from '../../../../shared/i18n/translator.ts';

const formatter = createIntl('en', english);

/** A problem of each kind, with something in each place of its text. */
const problems: readonly ErrorData[] = Object.entries(english)
  .filter(([key]) => key.startsWith('error.'))
  .map(([key, text]) => ({
    code: key.slice('error.'.length) as ErrorData['code'],
    params: Object.fromEntries(
      [...text.matchAll(/\{(\w+)/g)].map(([, name = ''], index) => [
        name,
        name.endsWith('Bytes') ? 12 : `it's {${index}}`,
      ]),
    ),
    causes: [],
  }));

describe('plainTexts', () => {
  it('says what the formatter says', () => {
    let count = 0;
    for (const problem of problems) {
      const texts = plainTexts(english, problem);
      if (texts === null) continue;
      count += 1;
      expect(describeError(texts, problem)).toEqual(describeError(formatter, problem));
    }
    expect(count).toBeGreaterThan(problems.length / 2);
  });

  it('leaves sizes, plurals and what it does not know to the formatter', () => {
    const of = (code: string, params: ErrorData['params']): unknown =>
      plainTexts(english, { code: code as ErrorData['code'], params, causes: [] });
    expect(of('wrong-size', { url: 'https://a.example/x', expectedBytes: 1, actualBytes: 2 })).toBeNull();
    expect(of('download-timeout', { host: 'a.example', seconds: 2 })).toBeNull();
    expect(of('not-a-code', {})).toBeNull();
    const cause: ErrorData = { code: 'download-timeout', params: { host: 'a.example', seconds: 2 }, causes: [] };
    const problem: ErrorData = { code: 'fetch-failed', params: { name: 'Memo', version: '2' }, causes: [] };
    expect(plainTexts(english, problem)).not.toBeNull();
    expect(plainTexts(english, { ...problem, causes: [cause] })).toBeNull();
  });
});
