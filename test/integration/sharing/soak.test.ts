import { expect, it } from 'vitest';
import { hasIslands } from '../../helpers/island.ts';
import { attackHelper, killHelpers } from '../../helpers/share-soak.ts';
import { fastTempDir } from '../../helpers/temp-dir.ts';

it('a caller that changes the tree while it is read stores nothing wrong', async () => {
  const counts = await attackHelper(fastTempDir(), 1000);
  process.stdout.write(`attacked while adding: ${JSON.stringify(counts)}\n`);
  expect(counts.wrong).toBe(0);
  expect(counts.stored).toBeGreaterThan(0);
  expect(counts.tries - counts.stored).toBeGreaterThan(0);
});

it.skipIf(!hasIslands())('a helper that is killed leaves no half tree', async () => {
  const counts = await killHelpers(30);
  process.stdout.write(`helpers killed: ${JSON.stringify(counts)}\n`);
  expect(counts.early).toBeGreaterThan(0);
});
