import english from '../../assets/locales/en.json';
import type { ErrorData } from '../../shared/errors/app-error.ts';
import { describeError } from '../../shared/i18n/describe-error.ts';
import { createIntl } from '../../shared/i18n/translator.ts';

/** A problem as lines of text: the sentence first. Loaded only when there is one. */
export function problemText(data: ErrorData): string {
  // Failure reports are printed as the reference prints them: scripts read them.
  const report =
    data.code === 'no-solution' ? data.params['report'] : data.code === 'solve-failed' ? data.params['reason'] : null;
  if (typeof report === 'string') return report.trimEnd();
  const { sentence, details } = describeError(createIntl('en', english), data);
  return [sentence, ...details].join('\n');
}
