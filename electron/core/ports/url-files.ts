/** Files kept by the URL they came from: catalogues, icons. */
export interface UrlFilesPort {
  /** `null` if there is none. */
  read(url: string): Promise<Uint8Array | null>;
  /** Milliseconds since 1970 of the last writing; `null` if there is none. */
  writtenAt(url: string): Promise<number | null>;
  /** Temporary file + rename. */
  write(url: string, bytes: Uint8Array): Promise<void>;
  remove(url: string): Promise<void>;
}
