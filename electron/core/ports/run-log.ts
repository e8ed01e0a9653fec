/** Which implementations were run, and when: what "last used" and clean-up go by. State of our own. */
export interface RunLogPort {
  /** Quick, and never fails: that a run could not be noted is no reason not to run. */
  note(run: Omit<RunRecord, 'at'>): void;
  /** The latest runs, oldest first. */
  read(): Promise<readonly RunRecord[]>;
}

/** One start of a program. */
export interface RunRecord {
  /** ISO 8601. */
  readonly at: string;
  readonly interface: string;
  /** Directory names of everything it was started with. */
  readonly digests: readonly string[];
}
