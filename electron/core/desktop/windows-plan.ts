import { checkNewAppName } from '../apps/app-name.ts';
import { type FileType, itemMark, type OpenVerb, readCapabilities } from './capabilities.ts';
import { digestOf, type IntegrationPlan, type Planner, refuse, titleFileName } from './integration-plan.ts';
import { checkTarget, type DesktopProgram, identityOf } from './program.ts';

/** One step. Keys of the registry are below `HKEY_CURRENT_USER`; a value without a name is the key's own. */
export type WindowsOperation =
  | {
      readonly type: 'shortcut';
      readonly path: string;
      readonly target: string;
      readonly args: string;
      readonly description: string;
    }
  | { readonly type: 'set-value'; readonly key: string; readonly name: string; readonly value: string }
  | { readonly type: 'delete-value'; readonly key: string; readonly name: string }
  | { readonly type: 'delete-key'; readonly key: string }
  | { readonly type: 'write-file'; readonly path: string; readonly text: string }
  | { readonly type: 'delete-file'; readonly path: string };

/** Where things are on the computer. */
export interface WindowsPlaces {
  /** `%APPDATA%` */
  readonly roaming: string;
  /** `%LOCALAPPDATA%` */
  readonly local: string;
  /** The program and first arguments that are our command line. */
  readonly command: readonly [string, ...string[]];
  /** Whether a file, not written for the same program, is there. */
  readonly isTaken: (path: string) => boolean;
}

const classes = 'Software\\Classes';
const runKey = 'Software\\Microsoft\\Windows\\CurrentVersion\\Run';

type Plan = IntegrationPlan<WindowsOperation>;

/**
 * Start menu, start of the session, file types, addresses and commands of this user on Windows. A type or scheme is
 * offered, never taken from the program that has it.
 *
 * @throws AppError `bad-url`, `bad-app-name`, `command-exists`, `not-allowed`
 */
export function createWindowsPlanner(places: WindowsPlaces): Planner<WindowsOperation> {
  return ({ kind, program, alias }) => {
    checkTarget(program.target);
    switch (kind) {
      case 'menu':
        return shortcutPlan(program, places);
      case 'autostart':
        return autostartPlan(program, places);
      case 'alias':
        return aliasPlan(program, alias ?? '', places);
      case 'file-types':
        return fileTypesPlan(program, places);
    }
  };
}

function shortcutPlan(program: DesktopProgram, { roaming, command, isTaken }: WindowsPlaces): Plan {
  const folder = `${roaming}\\Microsoft\\Windows\\Start Menu\\Programs`;
  const pathOf = (name: string): string => `${folder}\\${name}.lnk`;
  const path = pathOf(titleFileName(program, (name) => isTaken(pathOf(name))));
  const [target, ...first] = command;
  const args = commandLine([...first, 'run', '--', identityOf(program.target)]);
  const description = program.summary.text.replace(/[\n\r\t]+/g, ' ').slice(0, 250);
  return {
    path,
    apply: [{ type: 'shortcut', path, target, args, description }],
    undo: [{ type: 'delete-file', path }],
  };
}

function autostartPlan(program: DesktopProgram, { command }: WindowsPlaces): Plan {
  const name = `Zerodesk-${digestOf(program)}`;
  const value = commandLine([...command, 'run', '--', identityOf(program.target)]);
  return {
    path: `HKCU\\${runKey}\\${name}`,
    apply: [{ type: 'set-value', key: runKey, name, value }],
    undo: [{ type: 'delete-value', key: runKey, name }],
  };
}

/** In the folder that Windows itself puts into every user's `PATH`. */
function aliasPlan({ target }: DesktopProgram, alias: string, { local, command, isTaken }: WindowsPlaces): Plan {
  checkNewAppName(alias);
  const path = `${local}\\Microsoft\\WindowsApps\\${alias}.cmd`;
  if (isTaken(path)) refuse(`there is a command of that name already: ${path}`);
  const identity = identityOf(target);
  if (identity.includes('"')) refuse('a command cannot start an address with quotes in it');
  const words = [...command, 'run', '--', identity].map((word) => `"${word.replaceAll('%', '%%')}"`);
  return {
    path,
    apply: [{ type: 'write-file', path, text: `@${words.join(' ')} %*\r\n` }],
    undo: [{ type: 'delete-file', path }],
  };
}

function fileTypesPlan(program: DesktopProgram, places: WindowsPlaces): Plan | null {
  const { fileTypes, protocols } = readCapabilities(program.capabilities, 'Windows');
  if (fileTypes.length === 0 && protocols.length === 0) return null;
  const apply: WindowsOperation[] = [];
  const undo: WindowsOperation[] = [];
  const base = `Zerodesk.${digestOf(program)}`;
  const application = `Software\\Zerodesk\\${base}`;
  const set = (key: string, name: string, value: string): void => {
    apply.push({ type: 'set-value', key, name, value });
  };
  const declare = (id: string, description: string, verb: OpenVerb): string => {
    const key = `${classes}\\${id}`;
    set(key, '', description);
    set(`${key}\\shell\\open\\command`, '', openCommand(program, verb, places.command));
    undo.push({ type: 'delete-key', key });
    return key;
  };
  set(`${application}\\Capabilities`, 'ApplicationName', program.name.text);
  for (const [index, type] of fileTypes.entries()) {
    const id = `${base}.${index + 1}`;
    declare(id, descriptionOf(type, program), type.verb);
    for (const { ending } of type.extensions) {
      const key = `${classes}\\${ending}\\OpenWithProgids`;
      set(key, id, '');
      set(`${application}\\Capabilities\\FileAssociations`, ending, id);
      undo.push({ type: 'delete-value', key, name: id });
    }
  }
  for (const { scheme, verb } of protocols) {
    const id = `${base}.url-${scheme}`;
    set(declare(id, `URL:${scheme}`, verb), 'URL Protocol', '');
    set(`${application}\\Capabilities\\URLAssociations`, scheme, id);
  }
  set('Software\\RegisteredApplications', base, `${application}\\Capabilities`);
  undo.push(
    { type: 'delete-value', key: 'Software\\RegisteredApplications', name: base },
    { type: 'delete-key', key: application },
  );
  return { path: `HKCU\\${application}`, apply, undo };
}

/** Windows replaces what follows a percent sign, and has no way to write one. */
function openCommand(program: DesktopProgram, verb: OpenVerb, command: readonly string[]): string {
  const named = verb.command === 'run' ? [] : [`--command=${verb.command}`];
  const words = [...command, 'run', ...named, '--', identityOf(program.target), ...verb.args];
  if (words.some((word) => word.includes('%')))
    refuse('Windows cannot open files with an address that has percent signs');
  return commandLine(words).replaceAll(itemMark, '%1');
}

function descriptionOf({ descriptions }: FileType, { name }: DesktopProgram): string {
  return (descriptions[0]?.text ?? '').slice(0, 200) || `${name.text} file`;
}

/** As the C runtime of Windows splits it again. Everything is quoted: then nothing depends on what is in it. */
function commandLine(words: readonly string[]): string {
  return words
    .map(
      (word) =>
        `"${word.replace(/(\\*)("|$)/g, (_, slashes: string, end: string) => slashes + slashes + (end && '\\"'))}"`,
    )
    .join(' ');
}
