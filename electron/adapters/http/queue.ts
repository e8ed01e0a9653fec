import { AppError } from '../../../shared/errors/app-error.ts';

/** What waits first: feeds and keys before archives, archives somebody waits for before background work. */
export type Priority = 0 | 1 | 2;

/** Where a transfer stands among those that wait. Both may change while it does. */
export interface QueuePlace {
  readonly priority: () => Priority;
  /** Among those of equal priority: smaller ones first, equal ones first come, first served. */
  readonly rank: () => number;
}

export interface TransferQueue {
  /**
   * Waits for its turn; the returned function gives the place back and may be called more than once.
   *
   * @throws AppError `cancelled`
   */
  enter(site: string, place: QueuePlace, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly site: string;
  readonly place: QueuePlace;
  readonly start: () => void;
}

/** Lets a limited number of transfers run per site and in all. */
export function createTransferQueue(limits: { readonly perSite: number; readonly overall: number }): TransferQueue {
  const running = new Map<string, number>();
  const waiting: Waiting[] = [];
  let total = 0;

  function startWhatMay(): void {
    // The order in which they came is that of the list, and sorting keeps it for equals.
    const inOrder = [...waiting].sort(
      ({ place: a }, { place: b }) => a.priority() - b.priority() || a.rank() - b.rank(),
    );
    for (const entry of inOrder) {
      if (total >= limits.overall) return;
      if ((running.get(entry.site) ?? 0) >= limits.perSite) continue;
      waiting.splice(waiting.indexOf(entry), 1);
      total += 1;
      running.set(entry.site, (running.get(entry.site) ?? 0) + 1);
      entry.start();
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
    enter: (site, place, signal) =>
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
          place,
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
