import { join } from 'node:path';
import { startInBackground } from '../adapters/process/background-command.ts';
import type { CommandContext } from './context.ts';

/** Starts another command in a process of its own, which nobody waits for or notices. */
export function startBeside(args: readonly string[], { program }: Pick<CommandContext, 'program'>): void {
  startInBackground([process.execPath, join(program.cliDir, '0desk.js'), ...args]);
}
