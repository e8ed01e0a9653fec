import { AppError } from '../../../shared/errors/app-error.ts';
import { type LaunchPlatform, printable } from './environment.ts';
import type { LaunchPlan } from './model.ts';
import { sha256Hex } from '../sha256.ts';
import { shellQuote } from './shell-quote.ts';

/** A launcher and the directory that makes it callable by name. */
export interface Launcher {
  readonly file: LaunchPlan['launchers'][number];
  readonly directory: string;
}

const goodName = /^[^./'][^/']*$/;
/** Names that mean something else to some system: devices of Windows, separators of lists and paths. */
const unsafeName = /[\u0000-\u001f\u007f\\:"=]|^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;
/** Sixteen hex digits: long enough that a feed cannot make two launchers share a directory. */
const hashDigits = 16;

/** @throws AppError `bad-launch` if a program may not be called so. @see execution.md 4 */
export function checkLauncherName(name: string): void {
  if (!goodName.test(name) || unsafeName.test(name)) {
    throw new AppError('bad-launch', { reason: `Invalid name in executable binding: ${printable(name)}` });
  }
}

/**
 * Makes the script that runs a command line with further arguments. The command line stands in the script itself, so that
 * starting it needs nothing but the shell; its directory has the script's hash in its name, so that a program that runs
 * keeps its launcher when another version needs a different one.
 *
 * @throws AppError `bad-launch` on Windows for words that a batch file cannot hold
 * @see execution.md 4.1
 */
export function makeLauncher(
  name: string,
  commandLine: readonly string[],
  { launchersDir, platform }: { readonly launchersDir: string; readonly platform: LaunchPlatform },
): Launcher {
  const separator = platform === 'windows' ? '\\' : '/';
  const content = platform === 'windows' ? batchFile(commandLine) : shellScript(commandLine);
  const directory = [launchersDir, `exec-${sha256Hex(content).slice(0, hashDigits)}`, name].join(separator);
  const fileName = platform === 'windows' ? `${name}.cmd` : name;
  return { file: { path: `${directory}${separator}${fileName}`, content }, directory };
}

function shellScript(commandLine: readonly string[]): string {
  return `#!/bin/sh\nexec ${commandLine.map(shellQuote).join(' ')} "$@"\n`;
}

function batchFile(commandLine: readonly string[]): string {
  const bad = commandLine.find((word) => /["%!^\r\n]|\\$/.test(word));
  if (bad !== undefined) {
    throw new AppError('bad-launch', { reason: `Argument '${printable(bad)}' cannot be passed on by a launcher` });
  }
  return `@${commandLine.map((word) => `"${word}"`).join(' ')} %*\r\n`;
}
