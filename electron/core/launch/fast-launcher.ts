import { isAppError } from '../../../shared/errors/app-error.ts';
import type { Selections } from '../selections/model.ts';
import type { XmlElement } from '../xml/element.ts';
import type { LaunchPlan } from './model.ts';
import { shellQuote } from './shell-quote.ts';

/** What a fast launcher starts, and how it knows that this is still right. All paths are absolute. */
export interface FastLauncherInput {
  /** Of the app: letters, digits and `_ . + -`. */
  readonly name: string;
  /** How the program is started from an environment. Throws what `planLaunch` throws. */
  readonly plan: (env: Readonly<Record<string, string>>) => LaunchPlan;
  /** Variables that arguments speak of. */
  readonly mentioned: readonly string[];
  /** Directories and files that must still be there. */
  readonly needed: readonly string[];
  /** Files that must be there and older than the stamp. */
  readonly unchanged: readonly string[];
  /** Files that were not there and would change something. */
  readonly absent: readonly string[];
  /** A file that is as old as the last check of all this. */
  readonly stamp: string;
  /** A file whose time is when an update is to be looked for; `null` = never. */
  readonly due: string | null;
  /** A file to be written at each start, so that its time tells when that was. */
  readonly lastRun: string;
  /** The command line of this program, best first, if it is not found by name. */
  readonly programs: readonly string[];
}

/** The shell uses these itself. */
const shellVariables = new Set([
  'IFS',
  'OPTIND',
  'OPTARG',
  'PPID',
  'PWD',
  'OLDPWD',
  'LINENO',
  'PS1',
  'PS2',
  'PS4',
  'ENV',
  '_',
]);

/**
 * Makes a script for the POSIX shell that starts a program without anything of ours: with `test` alone it finds out whether the
 * implementations are there and nothing that decides about them has changed; if so it sets the variables and becomes the program,
 * else it leaves all to `0desk run`.
 *
 * Files count as unchanged if they are older than the stamp, not if they are not newer: some shells compare whole seconds.
 *
 * @returns null for a program whose command line depends on the environment, or that sets what the shell cannot
 */
export function makeFastLauncher(input: FastLauncherInput): string | null {
  const start = describeStart(input);
  if (start === null) return null;
  const { name, stamp, due, lastRun, programs } = input;
  const checks = [
    ...input.needed.map((path) => `[ -e ${shellQuote(path)} ]`),
    ...start.launchers.map(({ path }) => `[ -x ${shellQuote(path)} ]`),
    ...input.unchanged.map((path) => `[ ${shellQuote(path)} -ot ${shellQuote(stamp)} ]`),
    ...input.absent.map((path) => `[ ! -e ${shellQuote(path)} ]`),
  ];
  return script({ name, programs }, [
    `if ${checks.join(' &&\n  ')}; then`,
    `  { echo > ${shellQuote(lastRun)}; } 2>/dev/null`,
    ...(due === null ? [] : lookForUpdate(name, due)),
    ...start.variables.map((line) => `  ${line}`),
    `  exec ${start.argv.map(shellQuote).join(' ')} "$@"`,
    'fi',
  ]);
}

/** The names of all variables that arguments in a selections document speak of, set or not. */
export function mentionedVariables({ selections }: Selections): readonly string[] {
  const names = new Set<string>();
  const look = ({ name, text, attributes, children }: XmlElement): void => {
    if (name === 'for-each') names.add(attributes['item-from'] ?? '');
    if (name === 'arg') {
      for (const [, plain, braced] of text.matchAll(/\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([^}]*)\})/g))
        names.add(plain ?? braced ?? '');
    }
    for (const child of children) look(child);
  };
  for (const { children } of selections) for (const child of children) look(child);
  names.delete('');
  // Within `for-each` it is not the variable of that name; one that is set does no harm.
  return [...names].filter((name) => !/[=\0]/.test(name));
}

/** A script that leaves all to `0desk run`. */
export function makeSlowLauncher(input: Pick<FastLauncherInput, 'name' | 'programs'>): string {
  return script(input, []);
}

function script({ name, programs }: Pick<FastLauncherInput, 'name' | 'programs'>, lines: readonly string[]): string {
  return [
    '#!/bin/sh',
    `# Starts the app ${name}. Written by Zerodesk, which writes it anew when something changes.`,
    `# Remove it with: 0desk destroy ${name}`,
    'desk() {',
    ...programs.map((program) => `  if [ -x ${shellQuote(program)} ]; then exec ${shellQuote(program)} "$@"; fi`),
    '  if command -v 0desk >/dev/null; then exec 0desk "$@"; fi',
    '  exec 0install "$@"',
    '}',
    ...lines,
    `desk run -- ${name} "$@"`,
    '',
  ].join('\n');
}

/** The entry of a process is as old as the process. */
function lookForUpdate(name: string, due: string): readonly string[] {
  return [
    `  if [ ${shellQuote(due)} -ot /proc/self ]; then`,
    `    (desk update --console --background -- ${name}) </dev/null >/dev/null 2>&1 &`,
    '  fi',
  ];
}

/** Whether a text is a script of these, for this app. */
export function isLauncher(text: string, name: string): boolean {
  return text.startsWith(`#!/bin/sh\n# Starts the app ${name}. Written by Zerodesk, `);
}

interface Start {
  readonly argv: readonly string[];
  /** Lines that set variables. */
  readonly variables: readonly string[];
  readonly launchers: LaunchPlan['launchers'];
}

/** Plans with all variables unset and with all set, and so learns what becomes of each. */
function describeStart({ plan, mentioned }: Pick<FastLauncherInput, 'plan' | 'mentioned'>): Start | null {
  try {
    const whenUnset = plan({});
    const names = Object.keys(whenUnset.env);
    if (names.some((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || shellVariables.has(name))) return null;
    const whenSet = plan(Object.fromEntries([...names, ...mentioned].map((name) => [name, markerOf(name)])));
    const isSame =
      JSON.stringify([whenSet.argv, whenSet.launchers]) === JSON.stringify([whenUnset.argv, whenUnset.launchers]);
    if (!isSame || whenUnset.cwd !== null) return null;
    return {
      argv: whenUnset.argv,
      launchers: whenUnset.launchers,
      variables: names.map((name) => setVariable(name, whenUnset.env[name] ?? '', whenSet.env[name] ?? '')),
    };
  } catch (error) {
    // What cannot be started from an empty environment is left to the slow way, which also says why.
    if (isAppError(error)) return null;
    throw error;
  }
}

function setVariable(name: string, whenUnset: string, whenSet: string): string {
  const marker = markerOf(name);
  const parts = whenSet.split(marker);
  if (parts.length === 1) return `export ${name}=${shellQuote(whenUnset)}`;
  const value = parts.map(shellQuote).join(`"$${name}"`);
  return `if [ -n "\${${name}+set}" ]; then ${name}=${value}; else ${name}=${shellQuote(whenUnset)}; fi; export ${name}`;
}

/** A value that no feed contains: it has a control character. */
function markerOf(name: string): string {
  return `\u0001${name}\u0001`;
}
