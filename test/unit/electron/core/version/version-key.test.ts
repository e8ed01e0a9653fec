import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstListKey } from '../../../../../electron/core/version/version-key.ts';
import { compareVersions, parseVersion } from '../../../../../electron/core/version/version.ts';

const number = fc.oneof(fc.nat({ max: 30 }), fc.bigInt({ min: 0n, max: 9_223_372_036_854_775_807n }));
const list = fc.array(number, { minLength: 1, maxLength: 3 }).map((numbers) => numbers.join('.'));
const version = fc
  .tuple(list, fc.array(fc.tuple(fc.constantFrom('-', '-pre', '-rc', '-post'), list), { maxLength: 2 }))
  .map(([first, rest]) => parseVersion(first + rest.map((part) => part.join('')).join('')));

describe('the key of a version', () => {
  it('orders as versions are ordered', () => {
    fc.assert(
      fc.property(version, version, (one, other) => {
        const [key, otherKey] = [one.key, other.key];
        const order = key < otherKey ? -1 : key > otherKey ? 1 : 0;
        expect(order).toBe(Math.sign(compareVersions(one, other)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same for equal versions that are written differently', () => {
    expect(parseVersion('01.5').key).toBe(parseVersion('1.5').key);
  });

  it('begins with the first list', () => {
    const first = (text: string) => firstListKey(parseVersion(text).key);
    expect(first('1.2-3')).toBe(first('1.2-9'));
    expect(first('1.2') < first('1.10')).toBe(true);
    expect(first('1') < first('1.0')).toBe(true);
  });
});
