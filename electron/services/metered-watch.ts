import type { ClockPort } from '../core/ports/clock.ts';
import type { ConditionsPort } from '../core/ports/conditions.ts';

/** How long an answer about the connection counts, milliseconds. */
const maxAgeMs = 60_000;

/**
 * Whether somebody pays for each byte, as far as is known. The answer is the last one that came, since nobody waits for it:
 * asking takes a process.
 */
export function createMeteredWatch(conditions: ConditionsPort, clock: Pick<ClockPort, 'now'>): () => boolean {
  let isMetered = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    if (clock.now() - askedAt > maxAgeMs) {
      askedAt = clock.now();
      void conditions.read().then((found) => (isMetered = found.isMetered === true));
    }
    return isMetered;
  };
}
