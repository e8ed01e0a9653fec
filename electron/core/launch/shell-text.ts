import type { LaunchBinding, LaunchPlan } from './model.ts';
import { shellQuote } from './shell-quote.ts';

/** What a shell can assign to. */
const shellName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A plan as lines for a POSIX shell that do the same in an environment of one's own. Values that were there before are taken
 * from the shell that reads it, so that nothing of them is told.
 *
 * @param nameOf how a component is called in comments
 */
export function toShellText(
  { bindings, argv, cwd }: Pick<LaunchPlan, 'bindings' | 'argv' | 'cwd'>,
  nameOf: (of: LaunchBinding['by']) => string,
): string {
  const lines: string[] = [];
  const further: string[] = [];
  let last = '';
  for (const binding of bindings) {
    const { variable, mode, value, by } = binding;
    if (!shellName.test(variable)) {
      // No shell assigns to it, but a program may be given it; by its path, since `PATH` may be another one by then.
      if (mode === 'replace') further.push(shellQuote(`${variable}=${value}`));
      continue;
    }
    const comment = `# ${printable(nameOf(by))}`;
    if (comment !== last) lines.push(comment);
    last = comment;
    lines.push(`${variable}=${assigned(binding)}`, `export ${variable}`);
  }
  if (cwd !== null) lines.push(`cd ${shellQuote(cwd)}`);
  const command = argv.map(shellQuote).join(' ');
  lines.push(further.length === 0 ? command : `/usr/bin/env ${further.join(' ')} ${command}`);
  return `${lines.join('\n')}\n`;
}

function assigned({ variable, mode, value, separator, fallback }: LaunchBinding): string {
  const part = shellQuote(value);
  const between = shellQuote(separator);
  // In an assignment nothing is split into words, and quotes inside of the braces count.
  const before = fallback === null ? null : `\${${variable}-${shellQuote(fallback)}}`;
  switch (mode) {
    case 'replace':
      return part;
    case 'prepend':
      return before === null ? `${part}\${${variable}+${between}$${variable}}` : `${part}${between}${before}`;
    case 'append':
      return before === null ? `\${${variable}+$${variable}${between}}${part}` : `${before}${between}${part}`;
  }
}

/** A comment ends with its line. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
