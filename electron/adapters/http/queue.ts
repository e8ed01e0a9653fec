import { AppError } from '../../../shared/errors/app-error.ts';

/** What waits first: feeds and keys before archives, archives somebody waits for before background work. */
export type Priority = 0 | 1 | 2;

export interface TransferQueue {
  /**
   * Waits for its turn; the returned function gives the place back and may be called more than once.
   *
   * @throws AppError `cancelled`
   */
  enter(site: string, priority: Priority, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly site: string;
  readonly priority: Priority;
  readonly start: () => void;
}

/** Lets a limited number of transfers run per site and in all; those of equal priority first come, first served. */
export function createTransferQueue(limits: { readonly perSite: number; readonly overall: number }): TransferQueue {
  const running = new Map<string, number>();
  const waiting: Waiting[] = [];
  let total = 0;

  function startWhatMay(): void {
    for (const priority of [0, 1, 2] as const) {
      for (const entry of waiting.filter((item) => item.priority === priority)) {
        if (total >= limits.overall) return;
        if ((running.get(entry.site) ?? 0) >= limits.perSite) continue;
        waiting.splice(waiting.indexOf(entry), 1);
        total += 1;
        running.set(entry.site, (running.get(entry.site) ?? 0) + 1);
        entry.start();
      }
    }
  }

  function leave(site: string): void {
    const left = (running.get(site) ?? 1) - 1;
    if (left === 0) running.delete(site);
    else running.set(site, left);
    total -= 1;
    startWhatMay();
  }

  return {
    enter: (site, priority, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(new AppError('cancelled', {}));
          return;
        }
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(new AppError('cancelled', {}));
        };
        const entry: Waiting = {
          site,
          priority,
          start() {
            signal.removeEventListener('abort', onAbort);
            let isInside = true;
            resolve(() => {
              if (!isInside) return;
              isInside = false;
              leave(site);
            });
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        waiting.push(entry);
        startWhatMay();
      }),
  };
}
