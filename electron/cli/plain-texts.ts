import type { ErrorData } from '../../shared/errors/app-error.ts';
import type { MessageKey, Messages } from '../../shared/i18n/messages.ts';
import type { Translator } from '../../shared/i18n/translator.ts';

/** A sentence with names to fill in; no quoting, plural, number or tag, which a formatter must understand. */
const plain = /^(?:[^{}'<]|'(?![{}'<])|\{\w+\})*$/;

/**
 * Fills in texts without the formatter, which takes ten times as long to get ready as most commands take.
 *
 * @returns null if a problem needs the formatter
 */
export function plainTexts(messages: Messages, problem: ErrorData): Pick<Translator, 't' | 'number'> | null {
  const all = [problem, ...problem.causes];
  const isPlain = all.every(({ code, params }) => {
    const key = `error.${code}` as MessageKey;
    // Sizes are written with units.
    const hasSize = Object.keys(params).some((name) => name.endsWith('Bytes'));
    return Object.hasOwn(messages, key) && plain.test(messages[key]) && !hasSize;
  });
  if (!isPlain) return null;
  return {
    t: (key, values = {}) => messages[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    number: String,
  };
}
