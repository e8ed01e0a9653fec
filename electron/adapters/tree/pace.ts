import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/errors/app-error.ts';

/** How long work may hold its thread before others get a turn, milliseconds. */
const turnMs = 25;

/** What long work in a store reports about itself. */
export interface WorkState {
  readonly phase: 'unpacking' | 'verifying' | 'storing';
  readonly bytes: number;
}

/**
 * Lets synchronous work be stopped and watched. Calls per file cost far too much when each is a promise, so the work is
 * done in synchronous stretches, and between them it rests here for one turn of the event loop: messages and signals
 * arrive then.
 */
export class Pace {
  readonly #signal: AbortSignal | undefined;
  readonly #onProgress: ((state: WorkState) => void) | undefined;
  #phase: WorkState['phase'] = 'unpacking';
  #bytes = 0;
  #turnEndsAt = performance.now() + turnMs;
  #lastReportAt = Number.NEGATIVE_INFINITY;

  /** @param onProgress is called at most 20 times a second, and at each change of phase */
  constructor(signal?: AbortSignal, onProgress?: (state: WorkState) => void) {
    this.#signal = signal;
    this.#onProgress = onProgress;
  }

  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /** Counts work done. */
  add(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Starts another phase; its bytes count from zero. */
  enter(phase: WorkState['phase']): void {
    this.#phase = phase;
    this.#bytes = 0;
    this.#report(performance.now());
  }

  /** Whether it is time to rest. Cheap enough to ask for every file. */
  get isDue(): boolean {
    return performance.now() >= this.#turnEndsAt;
  }

  /**
   * Gives others a turn.
   *
   * @throws AppError `cancelled`
   */
  async rest(): Promise<void> {
    await setImmediate();
    this.check();
    const now = performance.now();
    this.#turnEndsAt = now + turnMs;
    if (now - this.#lastReportAt >= 50) this.#report(now);
  }

  /** @throws AppError `cancelled` */
  check(): void {
    if (this.#signal?.aborted === true) throw new AppError('cancelled', {});
  }

  #report(now: number): void {
    this.#lastReportAt = now;
    this.#onProgress?.({ phase: this.#phase, bytes: this.#bytes });
  }
}
