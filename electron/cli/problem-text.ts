import english from '../../assets/locales/en.json';
import type { ErrorData } from '../../shared/errors/app-error.ts';
import { describeError } from '../../shared/i18n/describe-error.ts';
import type { Translator } from '../../shared/i18n/translator.ts';
import { plainTexts } from './plain-texts.ts';

/** A problem as lines of text: the sentence first. Loaded only when there is one. */
export async function problemText(data: ErrorData): Promise<string> {
  // Failure reports are printed as the reference prints them: scripts read them.
  const report =
    data.code === 'no-solution' ? data.params['report'] : data.code === 'solve-failed' ? data.params['reason'] : null;
  if (typeof report === 'string') return report.trimEnd();
  const { sentence, details } = describeError(plainTexts(english, data) ?? (await formatter()), data);
  return [sentence, ...details].join('\n');
}

async function formatter(): Promise<Translator> {
  const { createIntl } = await import('../../shared/i18n/translator.ts');
  return createIntl('en', english);
}
