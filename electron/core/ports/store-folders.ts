/** The person's own list of further stores, `implementation-dirs`. @see store.md 1.2 */
export interface StoreFoldersPort {
  read(): Promise<readonly string[]>;
  /** Comments and order stay. @throws AppError `permission-denied`, `disk-full`, `file-failed` */
  add(folder: string): Promise<void>;
  remove(folder: string): Promise<void>;
}
