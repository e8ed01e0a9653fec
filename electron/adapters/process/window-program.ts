import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What starts the window. */
export interface WindowProgram {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * The program that opens the window, from where the command line's own files are: the packed program, two folders above
 * them, or a checkout, which is started by its script.
 *
 * @returns null if there is neither
 */
export function findWindowProgram(cliDir: string): WindowProgram | null {
  const root = dirname(dirname(cliDir));
  const packed = join(root, process.platform === 'win32' ? 'zerodesk.exe' : 'zerodesk');
  if (existsSync(packed)) return { command: packed, args: [] };
  const script = join(root, 'scripts/start.mjs');
  return existsSync(script) ? { command: process.execPath, args: [script] } : null;
}

/** Whether a window can be seen here. */
export function hasDisplay(env: Readonly<Record<string, string | undefined>>): boolean {
  return process.platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** Starts the window at one of its pages and lets it go. @returns whether it could be started */
export function openWindowAt(program: WindowProgram, page: string): Promise<boolean> {
  return openWindow(program, [`--page=${page}`]);
}

/** Starts the window and lets it go. @returns whether it could be started */
export function openWindow(program: WindowProgram, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program.command, [...program.args, ...args], { detached: true, stdio: 'ignore' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
