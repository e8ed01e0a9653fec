import type { HistoryEntry, LostEntry } from '../apps/history.ts';
import type { AppRequirements } from '../apps/requirements-json.ts';
import type { SandboxSettings } from '../launch/sandbox.ts';
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
  /** What is asked for alone; null if there is no such app. @throws AppError as above */
  readRequirements(name: string): Promise<AppRequirements | null>;
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
  /** The command of that name, by either program or by somebody else; null if there is none. */
  find(name: string): Promise<{ readonly path: string; readonly isOurs: boolean; readonly text: string } | null>;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** The files that decide what is selected. */
export interface AppInputs {
  readonly present: readonly { readonly path: string; readonly changedMs: number }[];
  /** Files that would change something if they were there. */
  readonly absent: readonly string[];
  /** Feeds that are gone. */
  readonly lost: readonly string[];
}

/** @see selection.md 15.5 */
export interface AppInputsPort {
  find(selections: Selections): Promise<AppInputs>;
}

/** What a fast launcher looks at besides the inputs, in the directory of an app. */
export interface AppMarksPort {
  readonly names: { readonly stamp: string; readonly due: string; readonly lastRun: string; readonly sandbox: string };
  /** Gives a file of an app a time, making it if need be; milliseconds since 1970. */
  set(path: string, timeMs: number): Promise<void>;
}

/** What the selections of an app have been. */
export interface AppHistoryPort {
  /** Oldest first; entries that cannot be read are told apart and lose nothing but themselves. */
  list(app: Pick<StoredApp, 'directory'>): Promise<{
    readonly entries: readonly HistoryEntry[];
    readonly lost: readonly LostEntry[];
  }>;
  /** Adds an entry; the oldest ones go when there are very many. */
  add(app: Pick<StoredApp, 'directory'>, entry: Omit<HistoryEntry, 'number' | 'at'>): Promise<void>;
}

/** Which apps are always run apart from the rest of the computer. */
export interface AppSandboxPort {
  /** null: not this one. @throws AppError `bad-settings` if it is not clear what was allowed */
  read(app: Pick<StoredApp, 'directory'>): Promise<SandboxSettings | null>;
  write(app: Pick<StoredApp, 'directory'>, settings: SandboxSettings | null): Promise<void>;
}
