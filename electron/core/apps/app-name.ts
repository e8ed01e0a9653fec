import { AppError } from '../../../shared/errors/app-error.ts';

const maxLength = 64;

/** Whether an app of this name may exist: what is read is more than what is made. @see execution.md 8.1 */
export function isAppName(name: string): boolean {
  return /^[^./\\:=;'"\0][^/\\:=;'"\0]*$/.test(name);
}

/**
 * Checks the name of an app to be made. It becomes the name of a command and stands unquoted in a script, so fewer are
 * allowed than can be read.
 *
 * @throws AppError `bad-app-name`
 */
export function checkNewAppName(name: string): void {
  const refuse = (reason: string) => new AppError('bad-app-name', { name, reason });
  if (!isAppName(name)) throw refuse('it would not be the name of a file');
  if (name === '0install' || name === '0desk') throw refuse('it would hide the command of that name');
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.+-]*$/.test(name)) throw refuse('use letters, digits and _ . + - only');
  if (name.length > maxLength) throw refuse(`it is longer than ${maxLength} characters`);
}
