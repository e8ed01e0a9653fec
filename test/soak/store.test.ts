import { expect, it } from 'vitest';
import { compareDigests } from '../helpers/digest-comparison.ts';
import { hasReference } from '../helpers/reference.ts';
import { cancelAdders, killAdders, raceAdders } from '../helpers/store-soak.ts';
import { fastTempDir } from '../helpers/temp-dir.ts';

// The same with a tenth of the rounds is in test/integration: store-races.test.ts, random-digests.test.ts.

it('sixteen processes add the same implementation 50 times', async () => {
  await raceAdders(fastTempDir(), 50);
});

it('300 processes killed while adding leave no half tree', async () => {
  const counts = await killAdders(fastTempDir(), 300);
  process.stdout.write(`killed while adding: ${JSON.stringify(counts)}\n`);
  expect(counts.early).toBeGreaterThan(150);
  expect(counts.leftovers).toBeGreaterThan(100);
});

it.skipIf(!hasReference())('300 random trees have the digests that the reference gives them', async () => {
  expect(
    await compareDigests(
      fastTempDir(),
      Array.from({ length: 300 }, (_, index) => index),
    ),
  ).toEqual([]);
});

it('adding that is cancelled leaves nothing', async () => {
  expect(await cancelAdders(fastTempDir(), 200)).toBeGreaterThan(20);
  const worker = new URL('../helpers/store-worker.mjs', import.meta.url);
  expect(await cancelAdders(fastTempDir(), 200, worker)).toBeGreaterThan(20);
});
