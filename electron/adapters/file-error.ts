import { AppError, isAppError } from '../../shared/errors/app-error.ts';

/** The system's name of a failure, such as `ENOENT`; null if the value is no failure of the system. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/**
 * Makes a failed file operation an error for people. What is no failure of the system comes back as it is: an `AppError`
 * that passed through, or a bug.
 *
 * @param path what the message names: rather the store or the download than a temporary name
 */
export function toFileError(error: unknown, path: string): unknown {
  const code = errorCode(error);
  if (error instanceof AppError || code === null || !('syscall' in (error as object))) return error;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new AppError('disk-full', { path }, { cause: error });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new AppError('permission-denied', { path }, { cause: error });
    case 'ENOENT':
      return new AppError('file-missing', { path }, { cause: error });
    default:
      return new AppError('file-failed', { path, reason: code }, { cause: error });
  }
}

/** Whether an error only says that we may not: also that the file system is read-only. */
export function isRefusal(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '') || isAppError(error, 'permission-denied');
}
