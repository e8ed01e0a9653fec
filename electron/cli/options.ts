import { AppError } from '../../shared/errors/app-error.ts';

/** One option of the command line. */
export interface OptionSpec {
  /** Without dashes: the first long name is the key in `ParsedOptions`. */
  readonly names: readonly string[];
  /** How many values follow it; `optional` takes one only as `--name=value`, or if the next word is no option. */
  readonly values: 0 | 1 | 2 | 'optional';
  /** Words shown for the values in the usage, `PATH` or `URI RANGE`. */
  readonly placeholder?: string;
  readonly help: string;
}

/** One command of the command line. `load` brings its code only when it is used. */
export interface CommandSpec {
  readonly words: readonly string[];
  /** Arguments as the usage shows them. */
  readonly usage: string;
  readonly summary: string;
  readonly options: readonly OptionSpec[];
  /** Least and most number of arguments. */
  readonly argCount: readonly [number, number];
}

/** Options by key; repeated ones keep every occurrence. Flags have empty value lists. */
export type ParsedOptions = ReadonlyMap<string, readonly (readonly string[])[]>;

export interface ParsedLine {
  readonly options: ParsedOptions;
  /** The words that are no options, the command first. */
  readonly words: readonly string[];
}

interface Reader {
  readonly specs: readonly OptionSpec[];
  /** Whether the words up to here end the options: after `run URI` everything belongs to the program. */
  readonly endsAfter: (words: readonly string[]) => boolean;
}

/**
 * Reads a command line: options before or after the command, bundled short ones (`-cv`), `--x=y` or `--x y`, `--` ends.
 * @throws AppError `usage` for an unknown option or a missing value
 * @see execution.md 13.1
 */
export function parseLine(argv: readonly string[], { specs, endsAfter }: Reader): ParsedLine {
  const options = new Map<string, string[][]>();
  const words: string[] = [];
  const rest = [...argv];

  const take = (spec: OptionSpec, shown: string, attached: string | null): void => {
    const values: string[] = attached === null ? [] : [attached];
    if (spec.values === 'optional') {
      const next = rest[0];
      if (attached === null && next !== undefined && !next.startsWith('-') && /^[0-9.!]/.test(next)) {
        values.push(rest.shift() ?? '');
      }
    } else {
      if (attached !== null && spec.values === 0) throw usage(`Option '${shown}' takes no value`);
      while (values.length < spec.values) {
        const value = rest.shift();
        if (value === undefined) throw usage(`Missing value for option ${shown}`);
        values.push(value);
      }
    }
    const key = keyOf(spec);
    options.set(key, [...(options.get(key) ?? []), values]);
  };

  while (rest.length > 0) {
    const word = rest.shift() ?? '';
    if (word === '--') {
      words.push(...rest.splice(0));
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=');
      const shown = equals < 0 ? word : word.slice(0, equals);
      const spec = specs.find(({ names }) => names.includes(shown.slice(2)));
      if (!spec) throw usage(`Unknown option '${shown}'`);
      take(spec, shown, equals < 0 ? null : word.slice(equals + 1));
    } else if (word.startsWith('-') && word.length > 1) {
      takeBundle(word.slice(1));
    } else {
      words.push(word);
      if (endsAfter(words)) words.push(...rest.splice(0));
    }
  }
  return { options, words };

  function takeBundle(letters: string): void {
    for (let index = 0; index < letters.length; index += 1) {
      const letter = letters.charAt(index);
      const spec = specs.find(({ names }) => names.includes(letter));
      if (!spec) throw usage(`Unknown option '-${letter}'`);
      const tail = letters.slice(index + 1);
      if (spec.values === 1 && tail !== '') {
        take(spec, `-${letter}`, tail);
        return;
      }
      take(spec, `-${letter}`, null);
    }
  }
}

/** The key of an option: its first long name. */
export function keyOf(spec: OptionSpec): string {
  return spec.names.find((name) => name.length > 1) ?? spec.names[0] ?? '';
}

/** The last value given for an option, or undefined. */
export function lastValue(options: ParsedOptions, key: string): string | undefined {
  return options.get(key)?.at(-1)?.[0];
}

function usage(message: string): AppError {
  return new AppError('usage', { message, hint: '' });
}
