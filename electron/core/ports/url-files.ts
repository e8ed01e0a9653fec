/** Files kept by the URL they came from: catalogues, icons. */
export interface UrlFilesPort {
  /** `null` if there is none. */
  read(url: string): Promise<Uint8Array | null>;
  /** Milliseconds since 1970 when it was last written or touched; `null` if there is none. */
  touchedAt(url: string): Promise<number | null>;
  /** Notes that it is still as it should be. */
  touch(url: string): Promise<void>;
  /** Temporary file + rename. */
  write(url: string, bytes: Uint8Array): Promise<void>;
}
