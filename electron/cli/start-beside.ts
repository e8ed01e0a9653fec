import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { CommandContext } from './context.ts';

/** Starts another command in a process of its own, which nobody waits for or notices. */
export function startBeside(args: readonly string[], { program }: Pick<CommandContext, 'program'>): void {
  // Only for Electron this means anything; it would open a window otherwise.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const command = [join(program.cliDir, '0desk.js'), ...args];
  const child = spawn(process.execPath, command, { detached: true, stdio: 'ignore', env });
  child.on('error', () => {
    // The next start tries again.
  });
  child.unref();
}
