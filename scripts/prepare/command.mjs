import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** The full path of a command on PATH, or undefined. */
export function findCommand(name) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    if (folder === '') continue;
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (statSync(file).isFile()) return file;
    } catch {
      // not here: the next folder
    }
  }
  return undefined;
}

/**
 * Runs a program without input and collects what it prints.
 *
 * @returns `{ status, output }`; status is undefined when the program could not be started or ran out of time
 */
export function run(command, args, { cwd, env, timeoutMs } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' }),
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.on('error', (error) => resolve({ status: undefined, output: `${output}${error.message}` }));
    child.on('close', (status) => resolve({ status: status ?? undefined, output }));
  });
}

/** The last lines of a program's output: enough to see why it failed. */
export const tail = (output, lines = 20) => withoutColours(output).trimEnd().split('\n').slice(-lines).join('\n');

/** Some programs colour what they print even when it goes into a pipe. */
export const withoutColours = (text) => text.replace(/\u001b\[[\d;]*m/g, '');
