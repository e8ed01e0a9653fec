import english from '../../assets/locales/en.json';
import type { ErrorData } from '../../shared/errors/app-error.ts';
import { describeError } from '../../shared/i18n/describe-error.ts';
import { createIntl } from '../../shared/i18n/translator.ts';

/** A problem as lines of text: the sentence first. Loaded only when there is one. */
export function problemText(data: ErrorData): string {
  // Failure reports are printed as the reference prints them: scripts read them.
  const report = data.params['report'] ?? (data.code === 'solve-failed' ? data.params['reason'] : undefined);
  if ((data.code === 'no-solution' || data.code === 'solve-failed') && typeof report === 'string') {
    return [report.trimEnd(), ...describe({ ...data, code: 'bug' }).details].join('\n');
  }
  const { sentence, details } = describe(data);
  return [sentence, ...details].join('\n');
}

function describe(data: ErrorData) {
  return describeError(createIntl('en', english), data);
}
