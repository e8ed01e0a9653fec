import { describe, expect, it } from 'vitest';
import { createProgressMeter, sumProgress } from '../../../../electron/services/progress.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

describe('progress meter', () => {
  it('finds rate and time left of a steady transfer', () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock, 1_000_000);
    for (let bytes = 0; bytes <= 500_000; bytes += 25_000) {
      meter.update({ phase: 'receiving', receivedBytes: bytes, totalBytes: 1_000_000 });
      clock.advance(250);
    }
    expect(meter.current()).toMatchObject({ bytesPerSecond: 100_000, secondsLeft: 5 });
  });

  it('smooths a burst instead of jumping', () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock, null);
    meter.update({ phase: 'receiving', receivedBytes: 0, totalBytes: null });
    clock.advance(1000);
    meter.update({ phase: 'receiving', receivedBytes: 100_000, totalBytes: null });
    clock.advance(500);
    const after = meter.update({ phase: 'receiving', receivedBytes: 600_000, totalBytes: null });
    expect(after.bytesPerSecond).toBeGreaterThan(100_000);
    expect(after.bytesPerSecond).toBeLessThan(500_000);
    expect(after.secondsLeft).toBeNull();
  });

  it('shows no rate while it unpacks', () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock, 10);
    meter.update({ phase: 'receiving', receivedBytes: 0, totalBytes: 10 });
    clock.advance(1000);
    meter.update({ phase: 'receiving', receivedBytes: 10, totalBytes: 10 });
    expect(meter.update({ phase: 'unpacking', receivedBytes: 10, totalBytes: 10 }).bytesPerSecond).toBeNull();
  });

  it('starts measuring anew when a transfer starts again from nothing', () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock, 100);
    meter.update({ phase: 'receiving', receivedBytes: 0, totalBytes: 100 });
    clock.advance(1000);
    expect(meter.update({ phase: 'receiving', receivedBytes: 90, totalBytes: 100 }).bytesPerSecond).toBe(90);
    expect(meter.update({ phase: 'receiving', receivedBytes: 0, totalBytes: 100 }).bytesPerSecond).toBeNull();
  });

  it('does not count what a resumed transfer had already', () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock, 100);
    clock.advance(1000);
    meter.update({ phase: 'receiving', receivedBytes: 90, totalBytes: 100 });
    clock.advance(1000);
    expect(meter.update({ phase: 'receiving', receivedBytes: 95, totalBytes: 100 }).bytesPerSecond).toBe(5);
  });
});

describe('sum of transfers', () => {
  const part = { phase: 'receiving', receivedBytes: 10, totalBytes: 100, bytesPerSecond: 30, secondsLeft: 3 } as const;

  it('adds bytes and rates and shows the liveliest phase', () => {
    const done = { ...part, phase: 'done', receivedBytes: 100, bytesPerSecond: null, secondsLeft: null } as const;
    expect(sumProgress([done, part])).toEqual({
      phase: 'receiving',
      receivedBytes: 110,
      totalBytes: 200,
      bytesPerSecond: 30,
      secondsLeft: 3,
    });
  });

  it('is nothing for nothing', () => {
    expect(sumProgress([])).toBeNull();
  });
});
