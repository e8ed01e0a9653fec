import { pathToFileURL } from 'node:url';
import { AppError } from '../../../shared/errors/app-error.ts';
import { findWindowProgram, hasDisplay, openWindow } from '../../adapters/process/window-program.ts';
import type { CommandRunner } from '../context.ts';
import { resolveTarget } from '../target.ts';

/** `gui [URI]`: opens the window; with a program, at the question whether to add it. */
export const runGui: CommandRunner = async ({ args, options, out, program }) => {
  const [text] = args;
  const target = text === undefined ? null : resolveTarget(text);
  if (options.has('console')) throw new AppError('usage', { message: 'gui and --console contradict.', hint: '' });
  if (!hasDisplay(process.env)) {
    throw new AppError('usage', { message: 'There is no display to open the window on.', hint: 'See 0desk --help.' });
  }
  const window = findWindowProgram(program.cliDir);
  if (options.has('dry-run')) {
    out.print(`[dry-run] would open the window${target === null ? '' : ` at ${target}`}\n`);
    return 0;
  }
  if (window === null || !(await openWindow(window, target === null ? [] : [linkTo(target)]))) {
    throw new AppError('usage', { message: 'The window could not be started.', hint: '' });
  }
  return 0;
};

/** As the window's program understands it. */
function linkTo(target: string): string {
  return target.startsWith('/') ? pathToFileURL(target).href : `zero-install:${target}`;
}
