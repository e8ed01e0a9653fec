/** The person's own list of further stores, `implementation-dirs`. @see store.md 1.2 */
export interface StoreFoldersPort {
  read(): Promise<readonly string[]>;
  /** `at`: before which of the listed ones, else after all; the order is the one they are searched in. Comments stay. @throws AppError `permission-denied`, `disk-full`, `file-failed` */
  add(folder: string, at?: number): Promise<void>;
  remove(folder: string): Promise<void>;
}
