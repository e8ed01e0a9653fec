import { expect, it } from 'vitest';
import { sizeText } from '../../../../electron/cli/size-text.ts';

// As `0install store optimise` printed them.
it.each([
  [0, '0 bytes'],
  [2047, '2047 bytes'],
  [2048, '2.0 KB'],
  [100_000, '97.7 KB'],
  [1_048_576, '1024.0 KB'],
  [2_097_151, '2048.0 KB'],
  [2_097_152, '2.0 MB'],
  [3_000_000_000, '2.8 GB'],
  [99_999_999_999, '93.1 GB'],
  [2_251_799_813_685_248, '2048.0 TB'],
])('%d is %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
