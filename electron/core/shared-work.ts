/**
 * Work that several callers may want at once is done once. It is stopped when the last of them has given up, not before.
 *
 * @typeParam T what the work gives; every caller gets the same
 * @typeParam C what a caller brings: its signal, and ways to be told or asked
 */
export interface SharedWork<T, C extends Caller> {
  /**
   * @param key what the work is about
   * @param start begins the work; `callers` gives those who are still waiting for it, the first first
   */
  run(key: string, caller: C, start: (signal: AbortSignal, callers: () => readonly C[]) => Promise<T>): Promise<T>;
}

/** Somebody who waits for work. */
export interface Caller {
  readonly signal?: AbortSignal | undefined;
}

interface Entry<T, C> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly callers: Set<C>;
}

/** @param onAbort makes what a caller that gives up gets thrown */
export function createSharedWork<T, C extends Caller>(onAbort: () => Error): SharedWork<T, C> {
  const entries = new Map<string, Entry<T, C>>();

  function begin(key: string, caller: C, start: Parameters<SharedWork<T, C>['run']>[2]): Entry<T, C> {
    const controller = new AbortController();
    const callers = new Set<C>([caller]);
    const entry = { result: start(controller.signal, () => [...callers]), controller, callers };
    entries.set(key, entry);
    const forget = (): void => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    entry.result.then(forget, forget);
    return entry;
  }

  return {
    run: (key, caller, start) =>
      new Promise((resolve, reject) => {
        const { signal } = caller;
        if (signal?.aborted === true) {
          reject(onAbort());
          return;
        }
        const entry = entries.get(key) ?? begin(key, caller, start);
        entry.callers.add(caller);
        const giveUp = (): void => {
          entry.callers.delete(caller);
          if (entry.callers.size > 0) {
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
