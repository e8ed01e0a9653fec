import { expect, it } from 'vitest';
import { cancelAdders, killAdders, raceAdders } from '../helpers/store-soak.ts';
import { fastTempDir } from '../helpers/temp-dir.ts';

// The same with a tenth of the rounds is in test/integration/store-races.test.ts.

it('eight processes add the same implementation 100 times', async () => {
  await raceAdders(fastTempDir(), 100);
});

it('processes killed while adding leave no half tree', async () => {
  expect(await killAdders(fastTempDir(), 50)).toBeGreaterThan(25);
});

it('adding that is cancelled leaves nothing', async () => {
  expect(await cancelAdders(fastTempDir(), 200)).toBeGreaterThan(20);
  const worker = new URL('../helpers/store-worker.mjs', import.meta.url);
  expect(await cancelAdders(fastTempDir(), 200, worker)).toBeGreaterThan(20);
});
