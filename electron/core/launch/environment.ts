import { AppError } from '../../../shared/errors/app-error.ts';

/** The systems that differ in how a program is started. */
export type LaunchPlatform = 'posix' | 'windows';

/** What separates the parts of a list in a variable. */
export function pathSeparator(platform: LaunchPlatform): string {
  return platform === 'windows' ? ';' : ':';
}

/** Old values of variables that have a meaning even when nobody has set them. @see execution.md 3 */
const knownDefaults: Readonly<Record<string, string>> = {
  PATH: '/bin:/usr/bin',
  XDG_CONFIG_DIRS: '/etc/xdg',
  XDG_DATA_DIRS: '/usr/local/share:/usr/share',
};

/** Variables in order. On Windows `Path` and `PATH` are the same one, and the spelling found first stays. */
export class Environment {
  readonly #platform: LaunchPlatform;
  readonly #values = new Map<string, { readonly name: string; readonly value: string }>();

  constructor(platform: LaunchPlatform, initial: Readonly<Record<string, string>>) {
    this.#platform = platform;
    for (const [name, value] of Object.entries(initial)) this.#values.set(this.#key(name), { name, value });
  }

  get(name: string): string | null {
    return this.#values.get(this.#key(name))?.value ?? null;
  }

  /** @throws AppError `bad-launch` for a name or value that no system could pass on */
  set(name: string, value: string): void {
    if (name === '' || /[=\0]/.test(name)) {
      throw new AppError('bad-launch', { reason: `Invalid name of an environment variable: '${printable(name)}'` });
    }
    if (value.includes('\0')) {
      throw new AppError('bad-launch', { reason: `NUL character in environment variable ${printable(name)}` });
    }
    const key = this.#key(name);
    this.#values.set(key, { name: this.#values.get(key)?.name ?? name, value });
  }

  /** The value a part is put beside: the present one, else the default, else the known one. */
  oldValue(name: string, fallback: string | null = null): string | null {
    return this.get(name) ?? this.fallback(name, fallback);
  }

  /** What counts as the value of a variable that nobody has set. */
  fallback(name: string, fallback: string | null): string | null {
    const known = this.#platform === 'posix' && Object.hasOwn(knownDefaults, name) ? knownDefaults[name] : undefined;
    return fallback ?? known ?? null;
  }

  /** Puts a directory in front of `PATH`. */
  prependPath(directory: string): void {
    const old = this.oldValue('PATH');
    this.set('PATH', old === null ? directory : `${directory}${pathSeparator(this.#platform)}${old}`);
  }

  toRecord(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#values.values()].map(({ name, value }) => [name, value]));
  }

  #key(name: string): string {
    return this.#platform === 'windows' ? name.toUpperCase() : name;
  }
}

/** Foreign text made fit for a message: control characters become question marks. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}
