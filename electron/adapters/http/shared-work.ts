/**
 * Work that several callers may want at once is done once. It is stopped when the last of them has given up, not before.
 *
 * @typeParam T what the work gives; every caller gets the same
 */
export interface SharedWork<T> {
  run(key: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Entry<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  callers: number;
}

/** @param onAbort makes what a caller that gives up gets thrown */
export function createSharedWork<T>(onAbort: () => Error): SharedWork<T> {
  const entries = new Map<string, Entry<T>>();

  function begin(key: string, start: (signal: AbortSignal) => Promise<T>): Entry<T> {
    const controller = new AbortController();
    const entry: Entry<T> = { result: start(controller.signal), controller, callers: 0 };
    entries.set(key, entry);
    const forget = (): void => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.result.then(forget, forget);
    return entry;
  }

  return {
    run: (key, signal, start) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(onAbort());
          return;
        }
        const entry = entries.get(key) ?? begin(key, start);
        entry.callers += 1;
        const giveUp = (): void => {
          entry.callers -= 1;
          if (entry.callers > 0) {
            reject(onAbort());
            return;
          }
          // The last one waits until the work has cleaned up after itself; new callers start afresh.
          if (entries.get(key) === entry) entries.delete(key);
          entry.controller.abort();
        };
        signal?.addEventListener('abort', giveUp, { once: true });
        entry.result.then(
          (value) => {
            signal?.removeEventListener('abort', giveUp);
            resolve(value);
          },
          (error: unknown) => {
            signal?.removeEventListener('abort', giveUp);
            reject(error instanceof Error ? error : new Error(String(error)));
          },
        );
      }),
  };
}
