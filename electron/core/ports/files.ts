/** Files beside local feeds. */
export interface LocalFilesPort {
  /** Bytes of a regular file; null if there is none. */
  size(path: string): Promise<number | null>;
}
