import { describe, expect, it } from 'vitest';
import { compareVersions, formatVersion, parseVersion } from '../../../../../electron/core/version/version.ts';
import { readVectors } from '../../../../helpers/fixtures.ts';

const vectors = readVectors('versions') as {
  readonly ascending: readonly string[];
  readonly equal: readonly (readonly [string, string])[];
  readonly unusual_ascending_pairs: readonly (readonly [string, string])[];
  readonly invalid: readonly string[];
};

const compareTexts = (a: string, b: string): number => Math.sign(compareVersions(parseVersion(a), parseVersion(b)));

function reasonOf(text: string): string {
  try {
    parseVersion(text);
  } catch (error) {
    return (error as { readonly params: { readonly reason: string } }).params.reason;
  }
  return 'none';
}

describe('versions', () => {
  it('orders the whole list of the vectors, every one against every other', () => {
    const { ascending } = vectors;
    ascending.forEach((a, i) => {
      ascending.forEach((b, j) => expect([a, b, compareTexts(a, b)]).toEqual([a, b, Math.sign(i - j)]));
    });
  });

  it.each(vectors.unusual_ascending_pairs)('accepts %s and puts it below %s', (low, high) => {
    expect(compareTexts(low, high)).toBe(-1);
    expect(compareTexts(high, low)).toBe(1);
  });

  it.each(vectors.equal)('finds %s and %s equal, with one canonical text', (a, b) => {
    expect(compareTexts(a, b)).toBe(0);
    expect(formatVersion(parseVersion(a))).toBe(formatVersion(parseVersion(b)));
  });

  it.each(vectors.invalid)('refuses %j', (text) => {
    expect(() => parseVersion(text)).toThrow(expect.objectContaining({ code: 'bad-version' }) as Error);
  });

  it('gives the reasons of the reference, of several mistakes the last', () => {
    expect(reasonOf('')).toBe('Empty version string!');
    expect(reasonOf('1-beta-')).toBe("Version ends with a dash: '1-beta-'");
    expect(reasonOf('x-beta')).toBe("Invalid version modifier '-beta'");
    expect(reasonOf('1-beta-x')).toBe("Invalid version modifier '-x'");
    expect(reasonOf('1.a.b')).toBe("Cannot parse 'a' as a 64-bit integer (in '1.a.b')");
    expect(reasonOf('1-pré')).toBe("Cannot parse 'é' as a 64-bit integer (in '1-pré')");
  });

  it('refuses what the reference only takes by accident', () => {
    for (const text of ['0x10', '1_0', '+5', '1.-2', '0b1', '1e3', ' 1']) {
      expect(() => parseVersion(text), text).toThrow();
    }
  });

  it('keeps all 64 bits, with any number of leading zeros', () => {
    expect(compareTexts('9223372036854775806', '9223372036854775807')).toBe(-1);
    expect(compareTexts('0000000000000000000000000000000001', '1')).toBe(0);
    expect(formatVersion(parseVersion('009223372036854775807'))).toBe('9223372036854775807');
    expect(() => parseVersion('9'.repeat(60_000))).toThrow();
  });

  it('writes the canonical text', () => {
    const texts = ['1', '1--2', '1-pre', '1.0-rc1-post', '-1', '01.02-pre03', '1-post'];
    expect(texts.map((text) => formatVersion(parseVersion(text)))).toEqual([
      ...['1', '1--2', '1-pre', '1.0-rc1-post', '-1', '1.2-pre3', '1-post'],
    ]);
  });
});
