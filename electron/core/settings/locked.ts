import { AppError } from '../../../shared/errors/app-error.ts';
import type { LockedSettings } from '../ports/settings.ts';

/** Settings with what an administrator has decided in place of what the person has chosen. */
export function withLocked<T extends object>(chosen: T, locked: LockedSettings['values']): T {
  const decided = Object.entries(locked).filter(([key]) => Object.hasOwn(chosen, key));
  return { ...chosen, ...Object.fromEntries(decided) };
}

/** @throws AppError `setting-locked` if one of these settings may not be changed */
export function refuseLocked({ values, path }: LockedSettings, names: readonly string[]): void {
  const name = names.find((one) => Object.hasOwn(values, one));
  if (name !== undefined) throw new AppError('setting-locked', { name, path: path ?? '' });
}
