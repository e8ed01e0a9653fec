import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LaunchPlan } from '../../core/launch/model.ts';
import type { ExitStatus, ProcessPort, StartOptions } from '../../core/ports/process.ts';
import { errorCode } from '../file-error.ts';
import { writeLaunchers } from './launcher-files.ts';
import { createOutputFile, type OutputFile, removeOldOutput } from './output-file.ts';
import { checkProgram, toStartError } from './program-check.ts';
import { inTerminal } from './terminal.ts';

/** Where processes get what is not in their plan. */
export interface ProcessesOptions {
  /** The desktop's environment: terminals are looked for in its `PATH`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Output of running programs is kept in `output/` below it. */
  readonly stateDir: string;
  /** Launchers may only lie below it. */
  readonly cacheDir: string;
}

/** The signals a caller sends to us alone. */
const forwardedSignals = ['SIGTERM', 'SIGHUP', 'SIGUSR2'] as const;
/** The signals a terminal sends to the whole foreground group, the program included. */
const terminalSignals = ['SIGINT', 'SIGQUIT'] as const;
const trimEveryMs = 60_000;

/**
 * Starts programs without a shell. What the system refuses becomes an `AppError` that names the program.
 *
 * @see execution.md 6
 */
export function createProcesses({ env, stateDir, cacheDir }: ProcessesOptions): ProcessPort {
  const outputDir = path.join(stateDir, 'output');
  const open = new Set<OutputFile>();
  let hasSwept = false;
  let trimTimer: NodeJS.Timeout | null = null;

  const watchSize = (output: OutputFile): void => {
    open.add(output);
    trimTimer ??= setInterval(() => {
      for (const each of open) each.trim();
    }, trimEveryMs).unref();
  };
  const forget = (output: OutputFile): void => {
    output.close();
    open.delete(output);
    if (open.size > 0 || trimTimer === null) return;
    clearInterval(trimTimer);
    trimTimer = null;
  };

  return {
    async run(plan) {
      const { program, args } = prepare(plan, cacheDir);
      // Before the start: a signal that arrives while it starts must not end us instead.
      let child: ChildProcess | null = null;
      const stopForwarding = forwardSignals((signal) => child?.kill(signal));
      try {
        child = spawnProgram(program, args, {
          env: plan.env,
          stdio: 'inherit',
          shell: false,
          ...(plan.cwd !== null && { cwd: plan.cwd }),
        });
        await started(child, program);
        return toStatus(await ended(child));
      } finally {
        stopForwarding();
      }
    },

    async start(plan, options) {
      const { program, args } = prepare(plan, cacheDir, terminalOf(options, plan, env));
      if (!hasSwept) removeOldOutput(outputDir, Date.now());
      hasSwept = true;
      const output = createOutputFile(outputDir, options.name);
      try {
        const child = spawnProgram(program, args, {
          cwd: workingDirectory(plan),
          env: plan.env,
          stdio: ['ignore', output.descriptor, output.descriptor],
          shell: false,
          detached: true,
          windowsHide: false,
        });
        const end = ended(child);
        await started(child, program);
        child.unref();
        watchSize(output);
        if (child.pid === undefined) throw new Error('a started process without an id');
        const { pid } = child;
        let hasEnded = false;
        return {
          pid,
          stop: () => {
            if (!hasEnded) stopGroup(pid);
          },
          ended: end.then((status) => {
            hasEnded = true;
            forget(output);
            return status;
          }),
          output: () => Promise.resolve(output.read()),
        };
      } catch (error) {
        output.close();
        throw error;
      }
    },
  };
}

/** Writes the launchers and looks at the program; a missing terminal is found before anything is written. */
function prepare(
  plan: LaunchPlan,
  launchersRoot: string,
  terminal?: readonly string[],
): { readonly program: string; readonly args: readonly string[] } {
  const [wanted] = plan.argv;
  if (wanted === undefined) throw new Error('a plan without a program');
  checkProgram(wanted);
  writeLaunchers(plan.launchers, launchersRoot);
  const [program = wanted, ...args] = terminal ?? plan.argv;
  return { program, args };
}

function terminalOf(
  { inTerminal: isWanted, name }: StartOptions,
  plan: LaunchPlan,
  env: ProcessesOptions['env'],
): readonly string[] {
  if (!isWanted) return plan.argv;
  const command = inTerminal(plan.argv, env, plan.env);
  if (command === null) throw new AppError('no-terminal', { name });
  return command;
}

/** The user's home, where programs of a desktop start. */
function workingDirectory(plan: LaunchPlan): string {
  for (const directory of [plan.cwd, plan.env['HOME']]) {
    if (directory && path.isAbsolute(directory) && isDirectory(directory)) return directory;
  }
  return path.parse(process.execPath).root;
}

function isDirectory(directory: string): boolean {
  try {
    return statSync(directory).isDirectory();
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return false;
  }
}

/** Some refusals come at once, others as an event; see `started`. */
function spawnProgram(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(program, args, options);
  } catch (error) {
    throw toStartError(error, program);
  }
}

/** @throws AppError when the system refuses */
function started(child: ChildProcess, program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(toStartError(error, program));
    });
  });
}

/** The program leads a process group of its own, which holds what it has started as well. */
function stopGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function ended(child: ChildProcess): Promise<ExitStatus> {
  return new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
}

/** The status a shell would give. */
function toStatus({ exitCode, signal }: ExitStatus): number {
  if (signal === null) return exitCode ?? 1;
  return 128 + constants.signals[signal as NodeJS.Signals];
}

/**
 * Passes on what is sent to us. Ctrl+C in a terminal reaches the program without our help, and twice would be wrong; it
 * only must not end us before the program.
 *
 * @returns undo
 */
function forwardSignals(forward: (signal: NodeJS.Signals) => void): () => void {
  const hasTerminal = process.stdin.isTTY;
  const ignore = (): void => {};
  const listeners = [
    ...forwardedSignals.map((signal) => [signal, forward] as const),
    ...terminalSignals.map((signal) => [signal, hasTerminal ? ignore : forward] as const),
  ];
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
  };
}
