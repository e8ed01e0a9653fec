/** A search for the update that broke a program: what is before `good` works, what is from `bad` on does not. */
export interface Bisection {
  /** Index of the last entry known to work. */
  readonly good: number;
  /** Index of the first entry known not to work. */
  readonly bad: number;
}

/** The entry to be tried next; null if the bad one is found: it is `bad`. */
export function nextTrial({ good, bad }: Bisection): number | null {
  return bad - good <= 1 ? null : good + Math.floor((bad - good) / 2);
}

/** What a trial has shown. */
export function afterTrial(bisection: Bisection, index: number, works: boolean): Bisection {
  return works ? { ...bisection, good: index } : { ...bisection, bad: index };
}

/** How many trials there may still be. */
export function mostTrials({ good, bad }: Bisection): number {
  return Math.ceil(Math.log2(Math.max(1, bad - good)));
}
