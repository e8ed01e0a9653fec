import { quoteShellWord } from '../../../shared/shell-words.ts';

/** What is wished for one start. */
export interface RunWishes {
  readonly version: string;
  readonly before: string;
  /** The empty text: the usual one. */
  readonly command: string;
  readonly args: readonly string[];
  readonly refresh: boolean;
}

/** The command that does the same in a terminal. @param target the name of an app, or an address */
export function runCommand(target: string, { version, before, command, args, refresh }: RunWishes): string {
  const words = [
    ...(version === '' ? [] : [`--version=${version}`]),
    ...(version !== '' || before === '' ? [] : [`--before=${before}`]),
    ...(command === '' ? [] : [`--command=${command}`]),
    ...(refresh ? ['--refresh'] : []),
    target,
    ...args,
  ];
  return ['0desk run', ...words.map(quoteShellWord)].join(' ');
}
