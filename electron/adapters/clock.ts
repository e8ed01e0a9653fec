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
