import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import { describeChanges, describeExplanation } from '../../../../shared/i18n/describe-explanation.ts';
import { createIntl } from '../../../../shared/i18n/translator.ts';
import { rankingKeys, type Explanation } from '../../../../shared/model/decision.ts';

const intl = createIntl('en', english);
const subject = {
  role: { interface: 'https://example.com/png.xml', isSource: false },
  id: 'a',
  fromFeed: 'https://example.com/png.xml',
  version: '1.6',
};
const version = (number: string) => ({ id: number, fromFeed: subject.fromFeed, version: number });
const say = (explanation: Explanation) => describeExplanation(intl, explanation, { name: 'png', version: '1.6' });

describe('explanations in words', () => {
  it('name what came first, and by which rule', () => {
    const texts = rankingKeys.map(
      (key) => say({ kind: 'ranked-lower', subject, better: version('1.7'), key }).sentence,
    );
    for (const text of texts) expect(text).toMatch(/^png 1\.6 could be used, but 1\.7 comes first: .+\.$/);
  });

  it('show what would be different, and the report behind it', () => {
    const changes = [
      { role: subject.role, name: 'png', from: version('1.7'), to: version('1.6') },
      { role: { interface: 'https://example.com/z.xml', isSource: false }, name: 'z', from: version('1'), to: null },
    ];
    const { sentence, changes: shown } = say({ kind: 'less-optimal', subject, changes });
    expect(sentence).toBe('png 1.6 could be used, but the rest would be worse.');
    expect(describeChanges(intl, shown ?? [])).toEqual(['png 1.7 → 1.6', 'z no longer used']);
    expect(say({ kind: 'no-selection', subject, report: 'no' })).toMatchObject({ changes: null, report: 'no' });
  });

  it('let nothing from a feed break out of its line', () => {
    const { sentence } = say({ kind: 'unusable', subject, reason: 'bad\u0007\u202ereason' });
    expect(sentence).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});
