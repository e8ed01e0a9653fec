import { expect, it } from 'vitest';
import { randomCuts } from '../helpers/cut-soak.ts';
import { fastTempDir } from '../helpers/temp-dir.ts';

// The same with a tenth is in test/integration/http/cuts.test.ts.

it('downloads of 20 MB survive 200 cuts and kills, and little is fetched twice', async () => {
  const seed = Number(process.env['CUTS_SEED'] ?? Date.now() % 1e6);
  const report = await randomCuts(fastTempDir(), 200, seed);
  console.log(`seed ${seed}: ${JSON.stringify(report)}`);
  expect(report.cuts + report.kills).toBe(200);
  expect(report.worstShare).toBeLessThanOrEqual(0.05);
});
