import { spawn } from 'node:child_process';

/**
 * Starts a process of its own, which nobody waits for and which says nothing. That it cannot be started is no problem: whatever it is for
 * is done the next time.
 *
 * @param onEnd called when it has ended, or did not start
 */
export function startInBackground(
  [program = '', ...args]: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly onEnd?: () => void } = {},
): void {
  const { onEnd } = options;
  // Only for Electron this means anything; it would open a window otherwise.
  const env = { ...(options.env ?? process.env), ELECTRON_RUN_AS_NODE: '1' };
  const child = spawn(program, args, { detached: true, stdio: 'ignore', env });
  child.on('error', () => onEnd?.());
  child.on('exit', () => onEnd?.());
  child.unref();
}
