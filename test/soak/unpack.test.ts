import { expect, it } from 'vitest';
import { fastTempDir } from '../helpers/temp-dir.ts';
import { peakOfUnpacking, tooManyEntries } from '../helpers/unpack-soak.ts';

// The same with a tenth is in test/integration/unpack-limits.test.ts.

it('unpacking an archive of 2 GB takes less than 200 MB of memory', async () => {
  const peakBytes = await peakOfUnpacking(fastTempDir(), 2048);
  console.log(`peak memory: ${Math.round(peakBytes / 1e6)} MB`);
  expect(peakBytes).toBeLessThan(200e6);
});

it('an archive of a million entries and one is stopped', async () => {
  await tooManyEntries(fastTempDir(), null);
});
