import { describe, expect, it } from 'vitest';
import { parseVersionExpression, versionMatches } from '../../../../../electron/core/version/expression.ts';
import { parseVersion } from '../../../../../electron/core/version/version.ts';
import { readVectors } from '../../../../helpers/fixtures.ts';

const vectors = readVectors('version-expressions') as {
  readonly versions: readonly string[];
  readonly valid: readonly { readonly expression: string; readonly matches: readonly string[] }[];
  readonly invalid: readonly { readonly expression: string; readonly reason: string }[];
};

describe('version expressions', () => {
  it.each(vectors.valid)('$expression', ({ expression, matches }) => {
    const ranges = parseVersionExpression(expression);
    expect(vectors.versions.filter((text) => versionMatches(ranges, parseVersion(text)))).toEqual(matches);
  });

  it.each(vectors.invalid)('refuses $expression', ({ expression, reason }) => {
    expect(() => parseVersionExpression(expression)).toThrow(
      expect.objectContaining({ code: 'bad-version', params: { text: expression, reason } }) as Error,
    );
  });

  it('matches nothing if empty, but does not allow blanks alone', () => {
    expect(versionMatches(parseVersionExpression(''), parseVersion('1'))).toBe(false);
    expect(() => parseVersionExpression(' ')).toThrow('Empty version string!');
    expect(() => parseVersionExpression('1\u00a0')).toThrow('Cannot parse');
  });
});
