import { expect, it } from 'vitest';
import { randomCuts } from '../../helpers/cut-soak.ts';
import { fastTempDir } from '../../helpers/temp-dir.ts';

// Ten times as many are in test/soak/cuts.test.ts.

it('downloads of 20 MB survive 20 cuts and kills, and little is fetched twice', async () => {
  const report = await randomCuts(fastTempDir(), 20, 3);
  console.log(JSON.stringify(report));
  expect(report.cuts + report.kills).toBe(20);
  expect(report.worstShare).toBeLessThanOrEqual(0.05);
});
