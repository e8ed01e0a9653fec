/** Where catalogues come from, as the person or the administrator has set it. @see feeds.md 13 */
export interface CatalogSourcesPort {
  /** URLs and absolute paths, in order. */
  read(): Promise<readonly string[]>;
  /** What the person has listed; null without a list of their own. */
  readOwn(): Promise<readonly string[] | null>;
  /** Lists them for this person; null = as without a list. @throws AppError `permission-denied`, `disk-full`, `file-failed` */
  write(sources: readonly string[] | null): Promise<void>;
}
