import { describe, expect, it } from 'vitest';
import { cleanNativeVersion } from '../../../../../electron/core/version/native-version.ts';
import { parseVersion } from '../../../../../electron/core/version/version.ts';
import { readVectors } from '../../../../helpers/fixtures.ts';

const { cleaned } = readVectors('native-versions') as {
  readonly cleaned: readonly (readonly [string, string | null])[];
};

describe('versions of native packages', () => {
  it.each(cleaned)('%s becomes %s', (native, expected) => {
    expect(cleanNativeVersion(native)?.text ?? null).toBe(expected);
  });

  it('gives the same parts as reading the cleaned text', () => {
    for (const [native, text] of cleaned) {
      if (text !== null) expect(cleanNativeVersion(native)?.parts, native).toEqual(parseVersion(text).parts);
    }
  });
});
