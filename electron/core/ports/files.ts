/** Single facts about files outside the store: beside local feeds, in implementations. */
export interface LocalFilesPort {
  /** Bytes of a regular file; null if there is none. */
  size(path: string): Promise<number | null>;
  /** Whether something is there, links followed. Synchronous: launching asks it for a handful of paths. */
  exists(path: string): boolean;
}
