import type { AppError } from '../../../shared/errors/app-error.ts';
import type { TrustDb } from '../trust/trust-db.ts';

/** `trustdb.xml`. Read anew each time, since other programs write it too. @see trust-and-download.md 4.1 */
export interface TrustDbPort {
  /** A broken file means that nothing is trusted; `problem` says which file and why. */
  read(): Promise<{ readonly db: TrustDb; readonly problem: AppError | null }>;
  /**
   * Reads, changes and writes; changes of one process follow each other. A broken file is kept beside the new one.
   *
   * @returns the database as written
   */
  update(change: (db: TrustDb) => TrustDb): Promise<TrustDb>;
}
