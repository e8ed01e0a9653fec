import { AppError } from '../../shared/errors/app-error.ts';
import type { Requirements } from '../core/select/model.ts';
import { lastValue, type ParsedOptions } from './options.ts';

/** Requirements from the selection options. @see selection.md 4 */
export function readRequirements(uri: string, options: ParsedOptions): Requirements {
  const isSource = options.has('source');
  const command = lastValue(options, 'command') ?? (isSource ? 'compile' : 'run');
  return {
    interface: uri,
    command: command === '' ? null : command,
    isSource,
    mayCompile: options.has('may-compile'),
    os: anyAsNull(lastValue(options, 'os')),
    cpu: anyAsNull(lastValue(options, 'cpu')),
    restrictions: readRestrictions(uri, options),
  };
}

/** Later restrictions for one interface replace earlier ones; `--before` and `--not-before` count as the earliest. */
function readRestrictions(uri: string, options: ParsedOptions): Record<string, string> {
  const restrictions: Record<string, string> = {};
  const set = (name: string, expression: string): void => {
    if (expression === '') Reflect.deleteProperty(restrictions, name);
    else restrictions[name] = expression;
  };
  const before = lastValue(options, 'before') ?? '';
  const notBefore = lastValue(options, 'not-before') ?? '';
  if (before !== '' || notBefore !== '') set(uri, `${notBefore}..${before === '' ? '' : `!${before}`}`);
  const version = lastValue(options, 'version');
  if (version !== undefined) set(uri, version);
  for (const [name, expression] of options.get('version-for') ?? []) {
    if (name === undefined || expression === undefined)
      throw new AppError('usage', { message: '--version-for takes a URI and a range', hint: '' });
    set(name, expression);
  }
  return restrictions;
}

function anyAsNull(value: string | undefined): string | null {
  return value === undefined || value === '' || value === '*' ? null : value;
}
