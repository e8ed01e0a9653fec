/** A word as a shell reads it back: quoted if it needs to be. */
export function toShellWord(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
