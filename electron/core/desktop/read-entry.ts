/** What an entry says of what it starts. */
export interface ReadEntry {
  /** Not localised; '' if it says none. */
  readonly name: string;
  /** URL or absolute path of the feed. */
  readonly uri: string;
  /** The app that is started instead of the program itself; null if none. */
  readonly app: string | null;
}

const unescapes: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

/**
 * Reads an entry for a program of Zero Install: one of ours, or one of the reference's, which it knows by nothing but the
 * first line that begins with `Exec=0launch`.
 *
 * @returns null for any other entry
 * @see execution.md 9.1
 */
export function readEntry(text: string): ReadEntry | null {
  const values = mainGroup(text);
  const name = values.get('Name') ?? '';
  const uri = values.get('X-ZeroInstall-URI');
  if (uri !== undefined && uri !== '') return { name, uri, app: values.get('X-ZeroInstall-App') ?? null };
  const launched = /^Exec=0launch (?:-- )?([^ \n]*) /m.exec(text)?.[1];
  return launched === undefined || launched === '' ? null : { name, uri: launched, app: null };
}

/** The lines of the first group; of a repeated key the first one counts. */
function mainGroup(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let isInside = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('[')) {
      if (isInside) break;
      isInside = line.trimEnd() === '[Desktop Entry]';
      continue;
    }
    if (!isInside) continue;
    const [, key, value] = /^([A-Za-z0-9-]+)[ \t]*=[ \t]*(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && !values.has(key)) values.set(key, unescapeValue(value));
  }
  return values;
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.)/g, (whole, letter: string) => unescapes[letter] ?? whole);
}
