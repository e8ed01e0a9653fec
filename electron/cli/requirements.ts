import { AppError } from '../../shared/errors/app-error.ts';
import { rangeOf, type AppRequirements } from '../core/apps/requirements-json.ts';
import { selectionOptions } from './option-table.ts';
import { lastValue, type ParsedOptions } from './options.ts';

/** Requirements from the selection options. @see selection.md 4 */
export function readRequirements(uri: string, options: ParsedOptions): AppRequirements {
  const isSource = options.has('source');
  const command = lastValue(options, 'command') ?? (isSource ? 'compile' : 'run');
  return {
    interface: uri,
    command: command === '' ? null : command,
    isSource,
    mayCompile: options.has('may-compile'),
    os: anyAsNull(lastValue(options, 'os')),
    cpu: anyAsNull(lastValue(options, 'cpu')),
    message: lastValue(options, 'message') ?? null,
    restrictions: readRestrictions(uri, options),
  };
}

/**
 * What an app asks for, changed by the selection options.
 *
 * @throws AppError `usage` if it should become source code
 * @see execution.md 8.3
 */
export function changeRequirements(app: AppRequirements, options: ParsedOptions): AppRequirements {
  if (options.has('source') && !app.isSource) {
    throw new AppError('usage', { message: "Can't update from binary to source type!", hint: '' });
  }
  const command = lastValue(options, 'command');
  const os = lastValue(options, 'os');
  const cpu = lastValue(options, 'cpu');
  return {
    ...app,
    ...(command !== undefined && { command: command === '' ? null : command }),
    ...(os !== undefined && { os: anyAsNull(os) }),
    ...(cpu !== undefined && { cpu: anyAsNull(cpu) }),
    message: lastValue(options, 'message') ?? app.message,
    mayCompile: app.mayCompile || options.has('may-compile'),
    restrictions: readRestrictions(app.interface, options, app.restrictions),
  };
}

/** Whether options say what is to be selected, so that what an app remembers does not answer them. */
export function hasSelectionOptions(options: ParsedOptions): boolean {
  return selectionOptions.some(({ names }) => names.some((name) => options.has(name)));
}

/** Later restrictions for one interface replace earlier ones; `--before` and `--not-before` count as the earliest. */
function readRestrictions(
  uri: string,
  options: ParsedOptions,
  present: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const restrictions: Record<string, string> = { ...present };
  const set = (name: string, expression: string): void => {
    if (expression === '') Reflect.deleteProperty(restrictions, name);
    else restrictions[name] = expression;
  };
  const before = lastValue(options, 'before') ?? '';
  const notBefore = lastValue(options, 'not-before') ?? '';
  if (before !== '' || notBefore !== '') set(uri, rangeOf({ notBefore, before }));
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
