import { shellQuote } from '../launch/shell-quote.ts';
import type { EntryContext } from './linux-entries.ts';
import { checkTarget, type DesktopTarget, identityOf } from './program.ts';

/**
 * The script that starts a program by a name of its own. Where the reference is there it is exactly what that knows as an
 * alias.
 *
 * @throws AppError `bad-url`
 * @see execution.md 10
 */
export function aliasScript(
  target: DesktopTarget,
  { command, hasReference }: Pick<EntryContext, 'command' | 'hasReference'>,
): string {
  checkTarget(target);
  // It reads no quotes within a URI.
  const isForReference = hasReference && target.app === null && !target.uri.includes("'");
  const start = isForReference
    ? `0launch ${shellQuote(target.uri)}`
    : `${shellQuote(command)} run -- ${shellQuote(identityOf(target))}`;
  return `#!/bin/sh\nexec ${start} "$@"\n`;
}

/**
 * What an alias script starts, ours or the reference's.
 *
 * @returns the URL, path or name of an app; null if the text is no alias script
 */
export function readAlias(text: string): string | null {
  const own = /^#!\/bin\/sh\nexec '(?:[^'\n]|'\\'')*' run -- '((?:[^'\n]|'\\'')*)' "\$@"\n$/.exec(text)?.[1];
  if (own !== undefined) return own.replaceAll(`'\\''`, "'");
  const [first, second, , , fifth] = text.split('\n');
  if (first !== '#!/bin/sh') return null;
  const isOlder = second === 'if [ "$*" = "--versions" ]; then';
  const line = (isOlder ? fifth : second) ?? '';
  return /^ *exec 0launch  ?(?:--(?:main|command) '.*' )?'([^']*)' "\$@"$/.exec(line)?.[1] ?? null;
}
