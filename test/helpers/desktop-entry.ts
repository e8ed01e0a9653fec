/**
 * A reader of desktop entries written from the freedesktop specification, independent of the product's own code: what is
 * written is held against what other programs make of it.
 */

/** Group → key → value, unescaped. Throws for whatever the specification forbids. */
export type DesktopEntry = ReadonlyMap<string, ReadonlyMap<string, string>>;

const valueEscapes: Readonly<Record<string, string>> = { s: ' ', n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** Reads a whole file. */
export function parseDesktopEntry(text: string): DesktopEntry {
  const groups = new Map<string, Map<string, string>>();
  let current: Map<string, string> | null = null;
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const group = /^\[([^[\]\p{Cc}]+)\]$/u.exec(line)?.[1];
    if (group !== undefined) {
      if (groups.has(group)) throw new Error(`group ${group} twice`);
      current = new Map();
      groups.set(group, current);
      continue;
    }
    const [, key, value] = /^([A-Za-z0-9-]+(?:\[[A-Za-z_@.-]+\])?)=(.*)$/s.exec(line) ?? [];
    if (key === undefined || value === undefined || current === null) throw new Error(`no line of an entry: ${line}`);
    if (current.has(key)) throw new Error(`key ${key} twice`);
    if (/^[ \t]|\p{Cc}|\p{Surrogate}/u.test(value))
      throw new Error(`a value with raw characters: ${JSON.stringify(line)}`);
    current.set(key, unescapeValue(value));
  }
  if ([...groups.keys()][0] !== 'Desktop Entry') throw new Error('the first group is another one');
  return groups;
}

/** A value of the main group. */
export function valueOf(text: string, key: string): string | undefined {
  return parseDesktopEntry(text).get('Desktop Entry')?.get(key);
}

/**
 * Splits an unescaped `Exec` value into the arguments that a launcher starts, without any shell.
 *
 * @param files what takes the place of the field code
 */
export function splitExec(exec: string, files: readonly string[] = []): readonly string[] {
  const args: string[] = [];
  let at = 0;
  while (at < exec.length) {
    if (exec[at] === ' ') {
      at += 1;
      continue;
    }
    const isQuoted = exec[at] === '"';
    let word = '';
    let isAlone = true;
    if (isQuoted) at += 1;
    for (; ; at += 1) {
      const character = exec[at];
      if (character === undefined) {
        if (isQuoted) throw new Error('a quote without its end');
        break;
      }
      if (isQuoted && character === '"') {
        at += 1;
        if (exec[at] !== undefined && exec[at] !== ' ') throw new Error('something stands against a quote');
        break;
      }
      if (!isQuoted && character === ' ') break;
      if (isQuoted && character === '\\') {
        at += 1;
        if (!/^["`$\\]$/.test(exec[at] ?? '')) throw new Error('a backslash before something else');
        word += exec[at] ?? '';
        continue;
      }
      if (isQuoted && /[`$]/.test(character)) throw new Error('a bare character within quotes');
      if (!isQuoted && /[\t\n"'\\><~|&;$*?#()`]/.test(character))
        throw new Error('a reserved character without quotes');
      if (character === '%') {
        at += 1;
        const code = exec[at] ?? '';
        if (code === '%') word += '%';
        else if (!isQuoted && /^[fu]$/.test(code)) word += files[0] ?? '';
        else if (!isQuoted && /^[FU]$/.test(code) && word === '') {
          args.push(...files);
          isAlone = false;
        } else throw new Error(`a field code in a wrong place: ${exec}`);
        continue;
      }
      word += character;
    }
    if (isAlone) args.push(word);
  }
  return args;
}

function unescapeValue(value: string): string {
  return value.replace(/\\(.?)/gs, (_, letter: string) => {
    const character = valueEscapes[letter];
    if (character === undefined) throw new Error(`an unknown escape: \\${letter}`);
    return character;
  });
}
