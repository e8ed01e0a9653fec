import { setTimeout as delay } from 'node:timers/promises';
import { monotonicMs } from '../clock.ts';

/** Keeps all transfers together below a speed. */
export interface RateLimit {
  /** Bytes a second; `null` = as fast as it goes. Counts at once, also for those who wait. */
  set(bytesPerSecond: number | null): void;
  /** Waits until bytes that have come may count as received. @throws the reason of the signal */
  take(bytes: number, signal: AbortSignal): Promise<void>;
}

/** Below this no transfer would ever end; bytes a second. */
const minRate = 1024;
/** A wait ends after this to look whether the limit has changed; milliseconds. */
const sliceMs = 200;
/** How much may be taken at once after a pause, in milliseconds of the rate. */
const burstMs = 250;

/**
 * A bucket of tokens, one for each byte. `granted` runs after `taken` at the rate; who takes waits until it has come to
 * where their bytes end. So those who wait are served in the order they came, whatever they took.
 */
export function createRateLimit(now: () => number = monotonicMs): RateLimit {
  let rate: number | null = null;
  let taken = 0;
  let granted = 0;
  // Not asked before a limit is set: the clock alone takes a millisecond to load, and most commands need none.
  let seenAt = 0;

  const advance = (): number => {
    const at = now();
    const perMs = (rate ?? 0) / 1000;
    granted = Math.min(granted + (at - seenAt) * perMs, taken + burstMs * perMs);
    seenAt = at;
    return perMs;
  };

  return {
    set(bytesPerSecond) {
      advance();
      rate = bytesPerSecond === null ? null : Math.max(minRate, bytesPerSecond);
      granted = Math.min(granted, taken);
    },
    async take(bytes, signal) {
      if (rate === null) return;
      advance();
      taken += bytes;
      const mine = taken;
      for (;;) {
        const perMs = advance();
        if (perMs === 0 || granted >= mine) return;
        await delay(Math.min(sliceMs, (mine - granted) / perMs), undefined, { signal });
      }
    },
  };
}
