/** Mutual exclusion between the processes of one user. */
export interface LockPort {
  /**
   * Does work while nobody else holds the lock of this name. A lock whose process has ended is taken over.
   *
   * @throws AppError `cancelled`; and what the work throws
   */
  withLock<T>(name: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}
