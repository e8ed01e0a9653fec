/** Where the bytes of a tree come from. The copy asks in the order of the manifest and decides all names by itself. */
export interface Contents {
  /** Goes into a directory of the one it is in. @throws Refusal */
  enter(name: string, path: string): void;
  /** Comes back from it. */
  leave(): void;
  /**
   * Gives exactly this many bytes of a file, in pieces.
   *
   * @param path for messages
   * @throws Refusal if there are more or less, or if it is no file
   */
  file(name: string, sizeBytes: number, path: string): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** The target of a link. @throws Refusal if it has another length, or if it is no link */
  link(name: string, sizeBytes: number, path: string): Uint8Array | Promise<Uint8Array>;
  close(): void;
}
