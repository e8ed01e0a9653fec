import type { Selections } from '../selections/model.ts';

/** The programs that were added with `0install add`. */
export interface AppSelectionsPort {
  /**
   * The present and the earlier selections of each.
   *
   * @throws AppError `bad-xml`, `bad-selections`, `permission-denied`, `file-failed`: what cannot be read must not count as
   *   needing nothing
   */
  list(): Promise<readonly AppSelections[]>;
}

export interface AppSelections {
  /** Name of the app. */
  readonly app: string;
  /** Where they are kept. */
  readonly path: string;
  readonly selections: Selections;
  /** When the app's command last started these, ISO 8601; null if it did not, or for earlier selections. */
  readonly lastRunAt: string | null;
}
