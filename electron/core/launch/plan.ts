import { AppError } from '../../../shared/errors/app-error.ts';
import type { Selection, Selections } from '../selections/model.ts';
import { roleText } from '../selections/roles.ts';
import type { XmlElement } from '../xml/element.ts';
import {
  applyEnvironmentBinding,
  type BoundElement,
  collectBindings,
  describeElement,
  indexRoles,
  isElement,
  joinInside,
  toLaunchBinding,
} from './bindings.ts';
import { buildCommandLine, type CommandContext, directoryOf } from './command-line.ts';
import { Environment, type LaunchPlatform, pathSeparator, printable } from './environment.ts';
import { checkLauncherName, makeLauncher } from './launcher.ts';
import type { LaunchBinding, LaunchPlan } from './model.ts';

/** All that a plan depends on. */
export interface LaunchInput {
  readonly selections: Selections;
  /** Where a selected implementation lies; `null` for native packages and for what is missing. */
  readonly directoryOf: (selection: Selection) => string | null;
  /** The complete environment to start from. */
  readonly env: Readonly<Record<string, string>>;
  readonly platform: LaunchPlatform;
  /** Follows links; directories count. A dry run passes one that is always true. */
  readonly pathExists: (path: string) => boolean;
  /** Absolute; launchers get directories of their own below it. */
  readonly launchersDir: string;
  readonly options: LaunchOptions;
}

/** What a person asked for besides the selections. */
export interface LaunchOptions {
  readonly args: readonly string[];
  /** Replaces the program within the root's implementation: beside it, or with a leading `/` from the top. */
  readonly main?: string;
  /** Shell text put in front of the command line. */
  readonly wrapper?: string;
  /** A command other than the document's; `null` = none. */
  readonly command?: string | null;
}

/**
 * Computes the process that selections describe: environment, launchers, command line. The first error wins, and nothing
 * has been changed then.
 *
 * @throws AppError `implementation-missing`, `no-command`, `bad-launch`, `program-missing`
 * @see execution.md 1-5
 */
export function planLaunch(input: LaunchInput): LaunchPlan {
  const { selections, platform, options } = input;
  for (const selection of selections.selections) directoryOf(selection, input);
  const env = new Environment(platform, input.env);
  const context: CommandContext = {
    platform,
    roles: indexRoles(selections),
    directoryOf: input.directoryOf,
    pathExists: input.pathExists,
    env,
  };

  const bindings = collectBindings(selections);
  const changes: LaunchBinding[] = [];
  for (const binding of bindings) {
    if (!isElement(binding.element, 'environment')) continue;
    const change = applyEnvironmentBinding(env, binding, {
      directory: directoryOf(binding.selection, input),
      platform,
    });
    if (change !== null) changes.push(change);
  }
  const launchers = new Map<string, LaunchPlan['launchers'][number]>();
  for (const binding of bindings) {
    if (isElement(binding.element, 'environment')) continue;
    const { file, changes: made } = bindExecutable(binding, context, input.launchersDir);
    launchers.set(file.path, file);
    changes.push(...made);
  }

  const root = context.roles.get(roleText(selections));
  if (!root) {
    throw new AppError('bad-launch', { reason: `Missing selection for '${printable(selections.interface)}'` });
  }
  const command = options.command === undefined ? selections.command : options.command;
  if (command === null && options.main === undefined) {
    throw new AppError('bad-launch', { reason: "Can't run: no command specified!" });
  }
  const target = { selection: root, command, ...(options.main !== undefined && { main: options.main }) };
  const argv = wrap([...buildCommandLine(target, context), ...options.args], options.wrapper);
  if (argv.some((word) => word.includes('\0'))) {
    throw new AppError('bad-launch', { reason: 'NUL character in an argument' });
  }
  const cwd = platform === 'windows' ? workingDirectory(root, command, context) : null;
  return { argv, env: env.toRecord(), cwd, launchers: [...launchers.values()], bindings: changes };
}

function bindExecutable(
  bound: BoundElement,
  context: CommandContext,
  launchersDir: string,
): { readonly file: LaunchPlan['launchers'][number]; readonly changes: readonly LaunchBinding[] } {
  const { element, selection } = bound;
  const name = element.attributes['name'];
  if (name === undefined) {
    throw new AppError('bad-launch', { reason: `Missing attribute 'name' on ${describeElement(element, selection)}` });
  }
  checkLauncherName(name);
  const command = element.attributes['command'] ?? 'run';
  const commandLine = buildCommandLine({ selection, command }, context);
  if (commandLine.some((word) => word.includes('\0'))) {
    throw new AppError('bad-launch', { reason: `NUL character in ${describeElement(element, selection)}` });
  }
  const { file, directory } = makeLauncher(name, commandLine, { launchersDir, platform: context.platform });
  const isInVariable = element.name === 'executable-in-var';
  if (isInVariable) context.env.set(name, file.path);
  else context.env.prependPath(directory);
  const runEnv = { variable: `zeroinstall_runenv_${name}`, value: JSON.stringify(commandLine) };
  context.env.set(runEnv.variable, runEnv.value);
  const set = { mode: 'replace', separator: '', fallback: null } as const;
  const path = {
    variable: 'PATH',
    mode: 'prepend',
    value: directory,
    separator: pathSeparator(context.platform),
    fallback: context.env.fallback('PATH', null),
  } as const;
  const changes = [isInVariable ? { ...set, variable: name, value: file.path } : path, { ...set, ...runEnv }];
  return { file, changes: changes.map((change) => toLaunchBinding(bound, change)) };
}

function wrap(argv: readonly string[], wrapper: string | undefined): readonly string[] {
  return wrapper === undefined ? argv : ['/bin/sh', '-c', `${wrapper} "$@"`, '-', ...argv];
}

/**
 * Where the program starts. Only Windows honours `<working-dir>`: a POSIX user's command line must see his own directory.
 *
 * @see execution.md 5.4
 */
function workingDirectory(root: Selection, command: string | null, context: CommandContext): string | null {
  let found: string | null = null;
  let selection: Selection | undefined = root;
  let name = command;
  while (selection && name !== null) {
    const wanted: string = name;
    const owner: Selection = selection;
    const element: XmlElement | undefined = owner.children.find(
      (child) => isElement(child, 'command') && child.attributes['name'] === wanted,
    );
    const workingDir = element?.children.find((child) => isElement(child, 'working-dir'));
    const directory = directoryOf(owner, context);
    if (workingDir && directory !== null) {
      const where = describeElement(workingDir, owner);
      const src = workingDir.attributes['src'] ?? '';
      if (found !== null) throw new AppError('bad-launch', { reason: `Second working directory: ${where}` });
      if (src.split(/[/\\]/).includes('..')) {
        throw new AppError('bad-launch', { reason: `Working directory leaves the implementation: ${where}` });
      }
      found = joinInside(directory, src, context.platform);
    }
    const runner = element?.children.find((child) => isElement(child, 'runner'));
    selection =
      runner && context.roles.get(roleText({ interface: runner.attributes['interface'] ?? '', isSource: false }));
    name = runner ? (runner.attributes['command'] ?? 'run') : null;
  }
  return found;
}
