import type { Progress } from '../../shared/model/solve.ts';
import type { ClockPort } from '../core/ports/clock.ts';

/** Follows one transfer, or the sum of several, and smooths its rate. */
export interface ProgressMeter {
  readonly update: (state: Pick<Progress, 'phase' | 'receivedBytes' | 'totalBytes'>) => Progress;
  readonly current: () => Progress;
}

/** Time after which an old rate counts for about a third. */
const smoothingMs = 2000;
/** Rates are taken over at least this long: single packets say nothing. */
const minSampleMs = 200;

/** Starts a meter in phase `waiting`. */
export function createProgressMeter(clock: ClockPort, totalBytes: number | null): ProgressMeter {
  let rate: number | null = null;
  let sampleAt = clock.now();
  let sampleBytes = 0;
  let current: Progress = { phase: 'waiting', receivedBytes: 0, totalBytes, bytesPerSecond: null, secondsLeft: null };

  return {
    current: () => current,
    update({ phase, receivedBytes, totalBytes: total }) {
      const now = clock.now();
      const elapsedMs = now - sampleAt;
      if (phase !== 'receiving' || current.phase !== 'receiving' || receivedBytes < sampleBytes) {
        // A new phase, a restarted or a resumed transfer: what was measured before says nothing about it.
        rate = null;
        sampleAt = now;
        sampleBytes = receivedBytes;
      } else if (elapsedMs >= minSampleMs) {
        const sample = ((receivedBytes - sampleBytes) / elapsedMs) * 1000;
        const weight = 1 - Math.exp(-elapsedMs / smoothingMs);
        rate = rate === null ? sample : rate + weight * (sample - rate);
        sampleAt = now;
        sampleBytes = receivedBytes;
      }
      const left = total === null || rate === null || rate <= 0 ? null : Math.max(0, total - receivedBytes) / rate;
      current = {
        phase,
        receivedBytes,
        totalBytes: total,
        bytesPerSecond: rate === null ? null : Math.round(rate),
        secondsLeft: left === null ? null : Math.round(left),
      };
      return current;
    },
  };
}

/** Adds up transfers for one bar. Unknown totals count as what came so far. */
export function sumProgress(parts: readonly Progress[]): Progress | null {
  if (parts.length === 0) return null;
  const active = parts.filter((part) => part.phase === 'receiving');
  const receivedBytes = sum(parts.map((part) => part.receivedBytes));
  const totalBytes = sum(parts.map((part) => part.totalBytes ?? part.receivedBytes));
  const bytesPerSecond = active.length === 0 ? null : sum(active.map((part) => part.bytesPerSecond ?? 0));
  return {
    phase: overallPhase(parts),
    receivedBytes,
    totalBytes,
    bytesPerSecond,
    secondsLeft: bytesPerSecond ? Math.round((totalBytes - receivedBytes) / bytesPerSecond) : null,
  };
}

const order = [
  'receiving',
  'connecting',
  'waiting',
  'unpacking',
  'verifying',
  'storing',
  'failed',
  'cancelled',
  'done',
] as const;

function overallPhase(parts: readonly Progress[]): Progress['phase'] {
  return order.find((phase) => parts.some((part) => part.phase === phase)) ?? 'done';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
