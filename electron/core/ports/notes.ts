/** Files of implementations that tell what is new. */
export interface NotesPort {
  /**
   * @param directory of an implementation
   * @param docDir a directory in it with documentation, as its feed says
   * @returns null if there is none, it is no text, or too large
   */
  read(directory: string, docDir: string | null): Promise<{ readonly file: string; readonly text: string } | null>;
}
