import { expect, it } from 'vitest';
import { compareDigests } from '../helpers/digest-comparison.ts';
import { hasReference } from '../helpers/reference.ts';
import { fastTempDir } from '../helpers/temp-dir.ts';

// 300 others in test/soak/store.test.ts.
it.skipIf(!hasReference())(
  '60 random trees have the digests that the reference gives them',
  async () => {
    const seeds = Array.from({ length: 60 }, (_, index) => 1000 + index);
    expect(await compareDigests(fastTempDir(), seeds)).toEqual([]);
  },
  120_000,
);
