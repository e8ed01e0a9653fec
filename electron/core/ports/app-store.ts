import type { AppRequirements } from '../apps/requirements-json.ts';
import type { Selections } from '../selections/model.ts';

/** An app: a name for a program, with what is asked for and what was chosen the last time. */
export interface StoredApp {
  readonly name: string;
  /** Where it is kept. */
  readonly directory: string;
  readonly requirements: AppRequirements;
  readonly selections: Selections;
}

/** Selections of a day. */
export interface AppSnapshot {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly path: string;
}

/** What an app remembers of its checks. */
export type AppStamp = 'last-checked' | 'last-check-attempt' | 'last-solve';

/**
 * Apps, in the reference's files.
 *
 * @see execution.md 8.1
 */
export interface AppStorePort {
  /** Names, in byte order. */
  names(): Promise<readonly string[]>;
  /** Where an app of this name is; null if there is none. */
  directoryOf(name: string): Promise<string | null>;
  /**
   * @returns null if there is no such app
   * @throws AppError `bad-settings`, `bad-xml`, `bad-selections`, `file-missing`, `permission-denied`, `file-failed`
   */
  read(name: string): Promise<StoredApp | null>;
  /** Makes one. @throws AppError `app-exists`, and what writing throws; then nothing is left of it */
  create(name: string, requirements: AppRequirements, selections: Selections): Promise<StoredApp>;
  writeRequirements(name: string, requirements: AppRequirements): Promise<void>;
  /** Makes them the present ones, and those of today. */
  writeSelections(name: string, selections: Selections): Promise<void>;
  /** Newest first. */
  history(name: string): Promise<readonly AppSnapshot[]>;
  /** Milliseconds since 1970; null = never. */
  stampedAt(name: string, stamp: AppStamp): Promise<number | null>;
  stamp(name: string, stamp: AppStamp): Promise<void>;
  /** @throws AppError `app-missing` */
  remove(name: string): Promise<void>;
}

/** Commands that start apps by their names. */
export interface StartScriptPort {
  /** Where the command for a new app would be put. */
  place(name: string): Promise<{ readonly path: string; readonly isTaken: boolean; readonly isInPath: boolean }>;
  write(name: string, path: string): Promise<void>;
  /** Removes the command if it is ours. @returns the path of one that is not, and stays; else null */
  remove(name: string): Promise<string | null>;
}

/** The files that decide what is selected. */
export interface AppInputsPort {
  /**
   * Looks for one that has changed, or is gone, since selections were made.
   *
   * @param sinceMs milliseconds since 1970
   * @returns its path; null if all is as it was
   * @see selection.md 15.5
   */
  changedSince(selections: Selections, sinceMs: number): Promise<string | null>;
}
