import { AppError } from '../../shared/errors/app-error.ts';
import type { Growth } from '../core/ports/http.ts';
import type { Pace } from './tree/pace.ts';

/** How far a file is that somebody else is writing. */
export interface GrowthState {
  /** Bytes that are there and stay as they are. */
  readonly bytes: number;
  /** `whole`: it has its size, and nobody writes any more. `ended`: it never will. */
  readonly state: 'growing' | 'whole' | 'ended';
}

const states = ['growing', 'whole', 'ended'] as const;
/** Waiting ends after this long even without news, so that whoever waits can look whether it was cancelled; milliseconds. */
const waitMs = 100;

/**
 * What a writer and its followers share about a file, also across threads: no message has to pass through the main thread
 * for each piece. One number holds both bytes and state, so that they always belong together.
 */
export function createGrowth(totalBytes: number): Growth {
  const growth = new SharedArrayBuffer(2 * BigInt64Array.BYTES_PER_ELEMENT);
  new BigInt64Array(growth)[1] = BigInt(totalBytes);
  return growth;
}

/** The size the file will have. */
export function totalBytesOf(growth: Growth): number {
  return Number(Atomics.load(new BigInt64Array(growth), 1));
}

export function readGrowth(growth: Growth): GrowthState {
  const value = Atomics.load(new BigInt64Array(growth), 0);
  return { bytes: Number(value >> 2n), state: states[Number(value & 3n)] ?? 'ended' };
}

/** Tells all followers. Nothing can be told after the file is whole or has ended. */
export function tellGrowth(growth: Growth, { bytes, state }: GrowthState): void {
  const cells = new BigInt64Array(growth);
  if (readGrowth(growth).state !== 'growing') return;
  Atomics.store(cells, 0, (BigInt(bytes) << 2n) | BigInt(states.indexOf(state)));
  Atomics.notify(cells, 0);
}

/**
 * Waits for something other than what the caller knows, for a short time.
 *
 * @throws AppError `cancelled`, also if there will be no more news
 */
export async function growthAfter(growth: Growth, { bytes, state }: GrowthState, pace: Pace): Promise<void> {
  if (state === 'ended') throw new AppError('cancelled', {});
  const known = (BigInt(bytes) << 2n) | BigInt(states.indexOf(state));
  const waiting = Atomics.waitAsync(new BigInt64Array(growth), 0, known, waitMs);
  if (waiting.async) await waiting.value;
  pace.check();
}

/** Waits until the file is whole. @throws AppError `cancelled`, also if it never will be */
export async function untilWhole(growth: Growth, pace: Pace): Promise<void> {
  for (;;) {
    const known = readGrowth(growth);
    if (known.state === 'whole') return;
    await growthAfter(growth, known, pace);
  }
}
