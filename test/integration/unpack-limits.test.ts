import { expect, it } from 'vitest';
import { fastTempDir } from '../helpers/temp-dir.ts';
import { peakOfUnpacking, tooManyEntries } from '../helpers/unpack-soak.ts';

// Ten times as much is in test/soak/unpack.test.ts.

it('unpacking an archive of 200 MB takes less than 200 MB of memory', async () => {
  expect(await peakOfUnpacking(fastTempDir(), 205)).toBeLessThan(200e6);
});

it('an archive with more entries than allowed is stopped', async () => {
  await tooManyEntries(fastTempDir(), 100_000);
});
