/** Words of a line as a POSIX shell reads them, or what keeps it from being read. */
export type ShellWords =
  | { readonly words: readonly string[]; readonly problem: null }
  | { readonly words: null; readonly problem: 'open-quote' | 'open-escape' };

/**
 * Divides a line into words. Quotes and backslashes count as in a shell; nothing is expanded, since nothing is asked of a
 * shell: `$HOME` and `*` stay as they are.
 *
 * @see POSIX Shell Command Language, 2.2 "Quoting"
 */
export function splitShellWords(line: string): ShellWords {
  const words: string[] = [];
  let word: string | null = null;
  let quote: "'" | '"' | null = null;
  for (let index = 0; index < line.length; index += 1) {
    const char = line.charAt(index);
    if (quote === "'") {
      if (char === "'") quote = null;
      else word = (word ?? '') + char;
    } else if (char === '\\') {
      index += 1;
      if (index >= line.length) return { words: null, problem: 'open-escape' };
      const next = line.charAt(index);
      // Within double quotes a backslash before anything else is one.
      const isLiteral = quote === '"' && !'$`"\\\n'.includes(next);
      if (next !== '\n') word = (word ?? '') + (isLiteral ? char : '') + next;
    } else if (quote === '"') {
      if (char === '"') quote = null;
      else word = (word ?? '') + char;
    } else if (char === "'" || char === '"') {
      quote = char;
      word ??= '';
    } else if (' \t\n'.includes(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (quote !== null) return { words: null, problem: 'open-quote' };
  if (word !== null) words.push(word);
  return { words, problem: null };
}

/** A word as a shell must see it to read this; plain ones stay as they are. */
export function quoteShellWord(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) && !word.startsWith('~') ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
