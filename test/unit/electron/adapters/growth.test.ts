import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import {
  createGrowth,
  growthAfter,
  readGrowth,
  tellGrowth,
  totalBytesOf,
  untilWhole,
} from '../../../../electron/adapters/growth.ts';
import { Pace } from '../../../../electron/adapters/tree/pace.ts';

describe('a growing file', () => {
  it('has bytes and a state that belong together, also beyond 32 bits', () => {
    const growth = createGrowth(2 ** 40);
    expect(totalBytesOf(growth)).toBe(2 ** 40);
    expect(readGrowth(growth)).toEqual({ bytes: 0, state: 'growing' });
    tellGrowth(growth, { bytes: 2 ** 39 + 1, state: 'growing' });
    expect(readGrowth(growth)).toEqual({ bytes: 2 ** 39 + 1, state: 'growing' });
    tellGrowth(growth, { bytes: 2 ** 40, state: 'whole' });
    tellGrowth(growth, { bytes: 0, state: 'ended' });
    expect(readGrowth(growth)).toEqual({ bytes: 2 ** 40, state: 'whole' });
  });

  it('wakes who waits for it, from another thread too', async () => {
    const growth = createGrowth(10);
    const code = `
      const cells = new BigInt64Array(require('node:worker_threads').workerData);
      Atomics.store(cells, 0, 10n << 2n | 1n);
      Atomics.notify(cells, 0);`;
    const waiting = untilWhole(growth, new Pace());
    const worker = new Worker(code, { eval: true, workerData: growth });
    await waiting;
    expect(readGrowth(growth)).toEqual({ bytes: 10, state: 'whole' });
    await worker.terminate();
  });

  it('does not keep waiting who was cancelled, or what will never come', async () => {
    const growth = createGrowth(10);
    const controller = new AbortController();
    const waiting = untilWhole(growth, new Pace(controller.signal));
    const cancelled = expect(waiting).rejects.toThrow('cancelled');
    controller.abort();
    await cancelled;
    tellGrowth(growth, { bytes: 0, state: 'ended' });
    await expect(growthAfter(growth, readGrowth(growth), new Pace())).rejects.toThrow('cancelled');
  });
});
