import { realpathSync } from 'node:fs';
import path from 'node:path';
import { findProgram, isExecutable } from '../find-program.ts';

/** How a terminal emulator wants the command line it shall run. */
interface TerminalStyle {
  readonly name: string;
  /** Words between the terminal and the command line. */
  readonly before: readonly string[];
  /** Windows belong to a process that runs already and has its own environment. */
  readonly isServer: boolean;
}

/** In order of preference. */
const styles: readonly TerminalStyle[] = [
  { name: 'xdg-terminal-exec', before: [], isServer: true },
  { name: 'x-terminal-emulator', before: ['-e'], isServer: false },
  { name: 'xterm', before: ['-e'], isServer: false },
  { name: 'gnome-terminal', before: ['--'], isServer: true },
  { name: 'rxvt', before: ['-e'], isServer: false },
  { name: 'konsole', before: ['-e'], isServer: true },
  { name: 'ptyxis', before: ['--'], isServer: true },
  { name: 'kgx', before: ['--'], isServer: true },
  { name: 'foot', before: [], isServer: false },
  { name: 'alacritty', before: ['-e'], isServer: false },
  { name: 'kitty', before: [], isServer: false },
];

/**
 * Puts a terminal emulator in front of a command line: the person's own choice (`$TERMINAL`), else the first known one
 * in `PATH`.
 *
 * @param env the desktop's environment, where the terminal is looked for
 * @param programEnv what the program shall see; handed over on the command line where it would be lost
 * @returns `null` if there is no terminal emulator
 * @see execution.md 6
 */
export function inTerminal(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  programEnv: Readonly<Record<string, string>>,
): readonly string[] | null {
  const found = findTerminal(env);
  if (found === null) return null;
  const variables = found.isServer ? changedVariables(env, programEnv) : [];
  const program = variables.length > 0 ? ['/usr/bin/env', ...variables, ...argv] : argv;
  return [...found.command, ...program];
}

interface FoundTerminal {
  readonly command: readonly string[];
  readonly isServer: boolean;
}

function findTerminal(env: Readonly<Record<string, string | undefined>>): FoundTerminal | null {
  const [chosen, ...options] = (env['TERMINAL'] ?? '').split(/\s+/).filter((word) => word !== '');
  if (chosen !== undefined) {
    const file = path.isAbsolute(chosen) ? (isExecutable(chosen) ? chosen : null) : findProgram(chosen, env);
    if (file !== null) {
      const style = styles.find((each) => each.name === path.basename(file));
      return toFound(file, options, style ?? { name: chosen, before: ['-e'], isServer: false });
    }
  }
  for (const style of styles) {
    const file = findProgram(style.name, env);
    if (file !== null) return toFound(file, [], style);
  }
  return null;
}

function toFound(file: string, options: readonly string[], style: TerminalStyle): FoundTerminal {
  // On Debian x-terminal-emulator is a link, often to a wrapper around a terminal with a server.
  const real = path.basename(realpathSync(file));
  const isServer = style.isServer || styles.some((each) => each.isServer && real.startsWith(each.name));
  return { command: [file, ...options, ...style.before], isServer };
}

/** Settings that the program would not inherit, as `env` takes them. A name it could misread is left out. */
function changedVariables(
  env: Readonly<Record<string, string | undefined>>,
  programEnv: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(programEnv)
    .filter(([name, value]) => env[name] !== value && /^[A-Za-z_][^=]*$/.test(name))
    .map(([name, value]) => `${name}=${value}`);
}
