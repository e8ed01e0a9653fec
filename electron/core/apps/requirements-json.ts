import { AppError } from '../../../shared/errors/app-error.ts';
import { compareBytes } from '../byte-order.ts';
import type { Requirements } from '../select/model.ts';

/** What an app asks for each time. */
export interface AppRequirements extends Requirements {
  /** Shown with questions; `null` = none. */
  readonly message: string | null;
}

/**
 * Reads `requirements.json`. What newer programs may add is left alone.
 *
 * @param source the file, for messages
 * @throws AppError `bad-settings`
 * @see execution.md 8.2
 */
export function parseRequirements(text: string, source: string): AppRequirements {
  const refuse = (reason: string) => new AppError('bad-settings', { path: source, reason });
  const json = parseJson(text, refuse);
  const value = <T>(key: string, fits: (found: unknown) => found is T): T | undefined => {
    const found = json[key];
    if (found === undefined || fits(found)) return found;
    throw refuse(`'${key}' has a value of the wrong kind`);
  };
  const uri = value('interface_uri', isText);
  if (uri === undefined || uri === '') throw refuse("'interface_uri' is missing");
  const command = value('command', isTextOrNull);
  const restrictions = readRestrictions(value('extra_restrictions', isObject) ?? {}, refuse);
  const before = value('before', isTextOrNull) ?? '';
  const notBefore = value('not_before', isTextOrNull) ?? '';
  if ((before !== '' || notBefore !== '') && restrictions[uri] === undefined) {
    restrictions[uri] = rangeOf({ notBefore, before });
  }
  return {
    interface: uri,
    command: command === undefined ? 'run' : command === '' ? null : command,
    isSource: value('source', isFlag) ?? false,
    mayCompile: value('may_compile', isFlag) ?? false,
    os: value('os', isTextOrNull) || null,
    cpu: value('cpu', isTextOrNull) || null,
    message: value('message', isTextOrNull) || null,
    restrictions,
  };
}

/** As the reference writes it: one line, without what is not set. */
export function formatRequirements(requirements: AppRequirements): string {
  const { os, cpu, message, isSource, mayCompile } = requirements;
  const restrictions = Object.entries(requirements.restrictions).sort(([a], [b]) => compareBytes(b, a));
  return JSON.stringify({
    interface_uri: requirements.interface,
    // Left out it would mean `run`.
    command: requirements.command,
    ...(os !== null && { os }),
    ...(cpu !== null && { cpu }),
    ...(message !== null && { message }),
    ...(isSource && { source: true }),
    ...(mayCompile && { may_compile: true }),
    ...(restrictions.length > 0 && { extra_restrictions: Object.fromEntries(restrictions) }),
  });
}

/** `--not-before` and `--before` as one version expression. */
export function rangeOf({ notBefore, before }: { readonly notBefore: string; readonly before: string }): string {
  return `${notBefore}..${before === '' ? '' : `!${before}`}`;
}

function parseJson(text: string, refuse: (reason: string) => AppError): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  if (!isObject(json)) throw refuse('it is not a JSON object');
  return json;
}

function readRestrictions(
  found: Readonly<Record<string, unknown>>,
  refuse: (reason: string) => AppError,
): Record<string, string> {
  const entries = Object.entries(found).map(([uri, expression]): [string, string] => {
    if (!isText(expression)) throw refuse(`the restriction of ${uri} is no text`);
    return [uri, expression];
  });
  // Not set one by one: a name may mean something to JavaScript.
  return Object.fromEntries(entries);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
