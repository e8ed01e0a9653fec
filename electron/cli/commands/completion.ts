import { AppError } from '../../../shared/errors/app-error.ts';
import { completionScript, shells } from '../completion.ts';
import type { CommandRunner } from '../context.ts';

/** `completion SHELL`: prints the script that a shell reads to complete our command lines. */
export const runCompletion: CommandRunner = ({ args, out }) => {
  const shell = shells.find((each) => each === args[0]);
  if (!shell)
    throw new AppError('usage', {
      message: `Unknown shell '${args[0] ?? ''}'.`,
      hint: `Use one of: ${shells.join(', ')}`,
    });
  out.print(completionScript(shell));
  return Promise.resolve(0);
};
