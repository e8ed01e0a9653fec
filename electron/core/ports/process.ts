import type { LaunchPlan } from '../launch/model.ts';

/** Starting programs. Never through a shell. */
export interface ProcessPort {
  /** Runs in the foreground with our own terminal; resolves with the exit status (128 + n after signal n). */
  run(plan: LaunchPlan): Promise<number>;
  /**
   * Starts detached, so that it outlives us; its output goes to a file that `output` reads back.
   * @throws AppError `program-missing`, `program-not-executable`, `program-not-started`, `no-terminal`
   */
  start(plan: LaunchPlan, options: StartOptions): Promise<RunningProgram>;
}

export interface StartOptions {
  /** Name for messages and the log file. */
  readonly name: string;
  readonly inTerminal: boolean;
}

export interface RunningProgram {
  readonly pid: number;
  /** Settles when the program ends. Never rejects. */
  readonly ended: Promise<ExitStatus>;
  /** Asks the program and what it started to end. Nothing happens if it has ended. */
  readonly stop: () => void;
  /** The last part of what it printed so far, at most 64 KiB. */
  readonly output: () => Promise<string>;
}

export interface ExitStatus {
  readonly exitCode: number | null;
  readonly signal: string | null;
}
