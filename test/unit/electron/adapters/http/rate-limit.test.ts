import { describe, expect, it } from 'vitest';
import { createRateLimit } from '../../../../../electron/adapters/http/rate-limit.ts';

const never = new AbortController().signal;

/** Milliseconds until all have got what they wanted. */
async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

describe('the speed limit', () => {
  it('is none unless set', async () => {
    const limit = createRateLimit();
    expect(await timeOf(() => limit.take(1e12, never))).toBeLessThan(50);
  });

  it('holds for all together', async () => {
    const limit = createRateLimit();
    limit.set(1_000_000);
    const transfer = async (): Promise<void> => {
      for (let piece = 0; piece < 10; piece += 1) await limit.take(20_000, never);
    };
    // 400,000 bytes, a quarter of a second's worth of which may come at once after a pause.
    const milliseconds = await timeOf(() => Promise.all([transfer(), transfer()]));
    expect(milliseconds).toBeGreaterThan(145);
    expect(milliseconds).toBeLessThan(900);
  });

  it('does not save up what was not used', async () => {
    let now = 0;
    const limit = createRateLimit(() => now);
    limit.set(100_000);
    now = 3_600_000;
    await limit.take(25_000, never);
    const controller = new AbortController();
    const second = limit.take(25_000, controller.signal);
    controller.abort();
    await expect(second).rejects.toThrow();
  });

  it('counts at once for those who wait', async () => {
    const limit = createRateLimit();
    limit.set(1024);
    const waiting = limit.take(10_000_000, never);
    limit.set(null);
    expect(await timeOf(() => waiting)).toBeLessThan(1000);
  });
});
