import { AppError } from '../../../shared/errors/app-error.ts';
import type { Selection } from '../selections/model.ts';
import { roleText } from '../selections/roles.ts';
import type { XmlElement } from '../xml/element.ts';
import { describeElement, isAbsolute, isElement, joinInside } from './bindings.ts';
import { type Environment, type LaunchPlatform, pathSeparator, printable } from './environment.ts';
import { expandArguments } from './expand.ts';

/** What the building of a command line needs to know. */
export interface CommandContext {
  readonly platform: LaunchPlatform;
  /** `indexRoles` of the document. */
  readonly roles: ReadonlyMap<string, Selection>;
  readonly directoryOf: (selection: Selection) => string | null;
  readonly pathExists: (path: string) => boolean;
  /** Arguments are expanded with the variables it has at the time of the call. */
  readonly env: Environment;
}

/** A program to build the command line of. */
export interface CommandTarget {
  readonly selection: Selection;
  /** Name of the command; `null` = none, which needs `main`. */
  readonly command: string | null;
  /** Replaces the program within the implementation. */
  readonly main?: string;
}

/**
 * Builds the command line of a selected implementation: its runner's command line, the runner's arguments, the program
 * and its own arguments.
 *
 * @throws AppError `bad-launch`, `no-command`, `program-missing`, `implementation-missing`
 * @see execution.md 5
 */
export function buildCommandLine(target: CommandTarget, context: CommandContext): readonly string[] {
  return build(target, context, []);
}

/** @param chain who is run by this one, to find a runner that needs itself */
function build(target: CommandTarget, context: CommandContext, chain: readonly CommandTarget[]): readonly string[] {
  const { selection, main } = target;
  if (chain.some((each) => each.selection === selection && each.command === target.command)) {
    throw new AppError('bad-launch', { reason: `Runner loop at ${printable(selection.interface)}` });
  }
  const command = target.command === null ? null : findCommand(selection, target.command);
  const program = findProgram({ selection, command, main }, context);
  const tail = program === null ? [] : [program];
  if (command === null) return tail;

  const expand = (element: XmlElement): readonly string[] =>
    expandArguments(element, {
      lookup: (name) => context.env.get(name),
      selection,
      separator: pathSeparator(context.platform),
    });
  tail.push(...expand(command));

  const runner = findRunner(command, selection);
  if (runner === null) {
    if (program === null) {
      const where = describeElement(command, selection);
      throw new AppError('bad-launch', { reason: `Missing 'path' on command with no <runner>: ${where}` });
    }
    return tail;
  }
  const front = build(runnerTarget(runner, target, context), context, [...chain, target]);
  return [...front, ...expand(runner), ...tail];
}

/**
 * The directory of a selection.
 *
 * @returns `null` for a native package
 * @throws AppError `implementation-missing`
 */
export function directoryOf(selection: Selection, context: Pick<CommandContext, 'directoryOf'>): string | null {
  const directory = context.directoryOf(selection);
  if (directory === null && selection.kind !== 'package') {
    throw new AppError('implementation-missing', { interface: selection.interface, version: selection.version });
  }
  return selection.kind === 'package' ? null : directory;
}

function findCommand(selection: Selection, name: string): XmlElement {
  const found = selection.children.find((child) => isElement(child, 'command') && child.attributes['name'] === name);
  if (!found) throw new AppError('no-command', { interface: selection.interface, command: name });
  return found;
}

function findRunner(command: XmlElement, selection: Selection): XmlElement | null {
  const runners = command.children.filter((child) => isElement(child, 'runner'));
  if (runners.length > 1) {
    throw new AppError('bad-launch', { reason: `Multiple <runner>s in ${describeElement(command, selection)}` });
  }
  return runners[0] ?? null;
}

function runnerTarget(runner: XmlElement, { selection }: CommandTarget, context: CommandContext): CommandTarget {
  const uri = runner.attributes['interface'];
  if (uri === undefined) {
    throw new AppError('bad-launch', {
      reason: `Missing attribute 'interface' on ${describeElement(runner, selection)}`,
    });
  }
  const found = context.roles.get(roleText({ interface: uri, isSource: false }));
  if (!found) {
    const where = describeElement(runner, selection);
    throw new AppError('bad-launch', { reason: `Missing selection for '${printable(uri)}', needed by ${where}` });
  }
  return { selection: found, command: runner.attributes['command'] ?? 'run' };
}

interface Program {
  readonly selection: Selection;
  readonly command: XmlElement | null;
  readonly main: string | undefined;
}

function findProgram(program: Program, context: CommandContext): string | null {
  const { selection, command } = program;
  const path = relativeProgram(program);
  if (path === null) return null;
  const where = command === null ? printable(selection.interface) : describeElement(command, selection);
  if (path.includes('\0')) throw new AppError('bad-launch', { reason: `NUL character in the path of ${where}` });

  const directory = directoryOf(selection, context);
  const isRooted = isAbsolute(path, context.platform);
  if (directory === null) {
    if (!isRooted) throw new AppError('bad-launch', { reason: `Relative 'path' in ${where}` });
    return existing(path, context);
  }
  if (isRooted) throw new AppError('bad-launch', { reason: `Absolute path '${printable(path)}' in ${where}` });
  // What is local belongs to the user, who may arrange it as he likes; what was downloaded stays within its directory.
  if (selection.kind === 'stored' && leavesDirectory(path, context.platform)) {
    throw new AppError('bad-launch', { reason: `Path '${printable(path)}' leaves the implementation in ${where}` });
  }
  return existing(joinInside(directory, path, context.platform), context);
}

function relativeProgram({ command, main }: Program): string | null {
  const path = command?.attributes['path'] ?? null;
  if (main === undefined) return path;
  if (main.startsWith('/')) return main.slice(1);
  if (path === null) {
    throw new AppError('bad-launch', {
      reason: `Can't use a relative replacement main (${printable(main)}) when there is no original one!`,
    });
  }
  const directory = directoryName(path);
  return directory.endsWith('/') ? `${directory}${main}` : `${directory}/${main}`;
}

/** The directory part as POSIX `dirname` gives it: `a` is in `.`. */
function directoryName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '.' : '/';
  const slash = trimmed.lastIndexOf('/');
  if (slash < 0) return '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

function leavesDirectory(path: string, platform: LaunchPlatform): boolean {
  let depth = 0;
  for (const part of path.split(platform === 'windows' ? /[/\\]/ : '/')) {
    if (part === '..') depth -= 1;
    else if (part !== '' && part !== '.') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

function existing(path: string, { pathExists, platform }: CommandContext): string {
  if (pathExists(path)) return path;
  if (platform === 'windows' && pathExists(`${path}.exe`)) return `${path}.exe`;
  throw new AppError('program-missing', { path });
}
