import { AppError } from '../../shared/errors/app-error.ts';

/** One question at a time: whoever comes while one is open waits for its end. */
export interface QuestionQueue {
  /** @throws AppError `cancelled` if `signal` is aborted while waiting */
  inTurn<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T>;
}

export function createQuestionQueue(): QuestionQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    inTurn(signal, ask) {
      const before = last;
      const turn = (async () => {
        await orAborted(before, signal);
        return ask();
      })();
      // Who gives up while waiting must not let the next one overtake those before.
      last = Promise.allSettled([before, turn]);
      return turn;
    },
  };
}

function orAborted(wait: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(new AppError('cancelled', {}));
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    void wait.then(() => {
      signal.removeEventListener('abort', onAbort);
      if (signal.aborted) onAbort();
      else resolve();
    });
  });
}
