import { isAppError } from '../../../shared/errors/app-error.ts';

/** A mistake in a feed or setting that makes selecting impossible (class *fatal* of feeds.md 0). */
export class SelectFailure extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'SelectFailure';
  }
}

/** What the person is told if an error means that selecting is impossible; null for all other errors. */
export function failureReason(error: unknown): string | null {
  if (error instanceof SelectFailure) return error.message;
  if (isAppError(error, 'bad-feed') || isAppError(error, 'bad-settings')) return error.params.reason;
  if (isAppError(error, 'bad-version')) return error.params.reason;
  if (!isAppError(error, 'bad-xml')) return null;
  const { source, line, column, reason } = error.params;
  return `[${line}:${column}] ${reason}\n... parsing XML document ${source}`;
}
