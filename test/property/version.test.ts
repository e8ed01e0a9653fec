import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVersionExpression, versionMatches } from '../../electron/core/version/expression.ts';
import { cleanNativeVersion } from '../../electron/core/version/native-version.ts';
import { compareVersions, formatVersion, parseVersion } from '../../electron/core/version/version.ts';

const number = fc.oneof(
  fc.nat({ max: 3 }).map(String),
  fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }).map(String),
  fc.constantFrom('00', '01', '9007199254740991', '9007199254740992', '9007199254740993'),
);
const list = fc.array(number, { minLength: 1, maxLength: 3 }).map((items) => items.join('.'));
const tail = fc.tuple(fc.constantFrom('-pre', '-rc', '-post', '-'), fc.oneof(list, fc.constant('')));
const version = fc
  .tuple(list, fc.array(tail, { maxLength: 3 }))
  .map(([first, tails]) => first + tails.map(([modifier, rest]) => modifier + rest).join(''))
  .filter((text) => !text.endsWith('-'))
  .map(parseVersion);

describe('versions', () => {
  it('are in a total order', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const sign = (x: typeof a, y: typeof a): number => Math.sign(compareVersions(x, y));
        expect(sign(a, a)).toBe(0);
        expect(sign(a, b) + sign(b, a)).toBe(0);
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
        if (sign(a, b) === 0) expect(sign(a, c)).toBe(sign(b, c));
      }),
      { numRuns: 3000 },
    );
  });

  it('are equal exactly if their canonical texts are', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compareVersions(a, b) === 0).toBe(formatVersion(a) === formatVersion(b));
        expect(compareVersions(a, parseVersion(formatVersion(a)))).toBe(0);
      }),
    );
  });

  it('lie in exactly one of two ranges that meet', () => {
    fc.assert(
      fc.property(version, version, (end, v) => {
        const below = versionMatches(parseVersionExpression(`..!${end.text}`), v);
        const above = versionMatches(parseVersionExpression(`${end.text}..`), v);
        expect(below).toBe(!above);
        expect(versionMatches(parseVersionExpression(`${end.text} | !${end.text}`), v)).toBe(true);
      }),
    );
  });

  it('stop at any text with a reason or a version, never otherwise', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('0123.-preocst!|~_: aZ')), maxLength: 20 });
    fc.assert(
      fc.property(text, (any) => {
        for (const parse of [parseVersion, parseVersionExpression]) {
          try {
            parse(any);
          } catch (error) {
            expect(error).toMatchObject({ code: 'bad-version', params: { text: any } });
          }
        }
        const cleaned = cleanNativeVersion(any);
        if (cleaned !== null && cleaned.parts.length > 0) {
          expect(cleaned.parts).toEqual(parseVersion(cleaned.text).parts);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
