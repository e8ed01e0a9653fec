/** Where catalogues come from, as the person or the administrator has set it. @see feeds.md 13 */
export interface CatalogSourcesPort {
  /** URLs and absolute paths, in order. */
  read(): Promise<readonly string[]>;
}
