import { AppError } from '../../../shared/errors/app-error.ts';

/** Makes the errors of one archive. Text that comes from the archive is made printable. */
export class ArchiveProblems {
  /** How the archive is called in messages. */
  readonly name: string;

  constructor(name: string) {
    this.name = printable(name);
  }

  damaged(reason: string, cause?: unknown): AppError {
    return new AppError('archive-damaged', { name: this.name, reason }, cause === undefined ? {} : { cause });
  }

  unsafe(entry: string, reason: string): AppError {
    return new AppError('archive-unsafe', { name: this.name, entry: printable(entry), reason });
  }

  limit(limit: string): AppError {
    return new AppError('archive-limit', { name: this.name, limit });
  }

  unsupported(type: string): AppError {
    return new AppError('archive-unsupported', { name: this.name, type: printable(type) });
  }
}

/** Foreign text without characters that could disturb a terminal or a line, and not too long. */
function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd');
  return clean.length <= 200 ? clean : `${clean.slice(0, 199)}…`;
}
