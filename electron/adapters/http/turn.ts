import { AppError } from '../../../shared/errors/app-error.ts';
import type { DownloadOptions } from '../../core/ports/http.ts';
import type { QueuePlace } from './queue.ts';

type Wish = Pick<DownloadOptions, 'isBackground' | 'control'>;

/** When a download may run: what all who want it say together. */
export interface Turn {
  readonly place: QueuePlace;
  /** Somebody has joined or left, or has changed their mind. */
  changed(): void;
  /** Waits while it is paused. @throws AppError `cancelled` */
  untilOpen(signal: AbortSignal): Promise<void>;
  readonly isPaused: () => boolean;
  /** Aborted when it is paused; a new one for each try. */
  pauseSignal(): AbortSignal;
}

/** @param wishes of those who want it now; the most urgent one counts */
export function createTurn(wishes: () => readonly Wish[]): Turn {
  const waiting = new Set<() => void>();
  let pause = new AbortController();
  const isPaused = (): boolean => {
    const all = wishes();
    return all.length > 0 && all.every(({ control }) => control?.isPaused === true);
  };
  return {
    place: {
      priority: () => (wishes().some(({ isBackground }) => isBackground !== true) ? 1 : 2),
      rank: () => Math.min(...wishes().map(({ control }) => control?.rank ?? 0)),
    },
    isPaused,
    changed() {
      if (isPaused()) pause.abort();
      else for (const open of [...waiting]) open();
    },
    pauseSignal() {
      if (pause.signal.aborted) pause = new AbortController();
      if (isPaused()) pause.abort();
      return pause.signal;
    },
    untilOpen: (signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(open);
          signal.removeEventListener('abort', onAbort);
        };
        const open = (): void => {
          leave();
          resolve();
        };
        const onAbort = (): void => {
          leave();
          reject(new AppError('cancelled', {}));
        };
        if (signal.aborted) onAbort();
        else if (!isPaused()) resolve();
        else {
          waiting.add(open);
          signal.addEventListener('abort', onAbort, { once: true });
        }
      }),
  };
}
