import type { ClockPort } from '../../electron/core/ports/clock.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends ClockPort {
  /** Moves on and calls what is due, in order. */
  advance(milliseconds: number): void;
}

/** Starts on 2026-01-01. */
export function createFakeClock(startMs = Date.UTC(2026, 0, 1)): FakeClock {
  let now = startMs;
  let pending: { readonly at: number; readonly callback: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, callback) {
      const entry = { at: now + milliseconds, callback };
      pending.push(entry);
      return () => {
        pending = pending.filter((each) => each !== entry);
      };
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const due = pending.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        pending = pending.filter((each) => each !== due);
        now = Math.max(now, due.at);
        due.callback();
      }
      now = end;
    },
  };
}
