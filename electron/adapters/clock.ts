import type { ClockPort } from '../core/ports/clock.ts';

/** The machine's clock. Timers do not keep the process alive. */
export const systemClock: ClockPort = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Milliseconds that only go forward, from some beginning. `performance` would do, but takes two of them to load. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
