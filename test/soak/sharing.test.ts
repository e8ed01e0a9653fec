import { expect, it } from 'vitest';
import { hasIslands } from '../helpers/island.ts';
import { attackHelper, killHelpers } from '../helpers/share-soak.ts';
import { fastTempDir } from '../helpers/temp-dir.ts';

// The same with a tenth of the rounds is in test/integration/sharing/soak.test.ts.

it('10,000 tries of a caller that changes the tree meanwhile store nothing wrong', async () => {
  const counts = await attackHelper(fastTempDir(), 10_000, 42);
  process.stdout.write(`attacked while adding: ${JSON.stringify(counts)}\n`);
  expect(counts.wrong).toBe(0);
  expect(counts.stored).toBeGreaterThan(500);
  expect(counts.tries - counts.stored).toBeGreaterThan(500);
});

it.skipIf(!hasIslands())('300 helpers that are killed leave no half tree', async () => {
  const counts = await killHelpers(300);
  process.stdout.write(`helpers killed: ${JSON.stringify(counts)}\n`);
  expect(counts.early).toBeGreaterThan(100);
  expect(counts.leftovers).toBeGreaterThan(30);
});
