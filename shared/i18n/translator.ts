import { createIntl as createFormatjs, createIntlCache } from '@formatjs/intl';
import type { MessageKey, Messages, MessageValues } from './messages.ts';

/** Wraps what stands between `<b>` and `</b>` in a text; called with the parts inside. */
export type TagRenderer<T> = (parts: readonly (string | T)[]) => T;

/** The texts of one language. Everything a person reads goes through one of these. */
export interface Translator {
  /** BCP 47 tag; numbers, dates and lists follow it. */
  readonly locale: string;
  /** The text with its arguments filled in. A broken or missing text gives the key, never an exception. */
  readonly t: (key: MessageKey, values?: MessageValues) => string;
  /** As `t`, for texts with tags: pieces in order, each tag replaced by what its renderer makes of it. */
  readonly rich: <T>(
    key: MessageKey,
    values: Readonly<Record<string, string | number | TagRenderer<T>>>,
  ) => readonly (string | T)[];
  readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
  readonly date: (value: Date, options: Intl.DateTimeFormatOptions) => string;
  readonly relative: (value: number, unit: Intl.RelativeTimeFormatUnit) => string;
  /** "a, b and c". */
  readonly list: (values: readonly string[]) => string;
}

/**
 * Makes the texts of a language available.
 *
 * @param locale BCP 47 tag; one that the engine does not know falls back to English formats
 * @param messages the catalogue of that language
 */
export function createIntl(locale: string, messages: Messages): Translator {
  const known = canFormat(locale) ? locale : 'en';
  // Texts that fail are shown by key; the tests see to it that none does.
  const intl = createFormatjs({ locale: known, messages: { ...messages }, onError: () => {} }, createIntlCache());
  const listFormat = new Intl.ListFormat(known, { style: 'long', type: 'conjunction' });
  return {
    locale: known,
    t: (key, values) => intl.formatMessage({ id: key }, values),
    rich: (key, values) => {
      const parts: unknown = intl.formatMessage({ id: key }, values as never);
      return (Array.isArray(parts) ? parts : [parts]) as never;
    },
    number: (value, options) => intl.formatNumber(value, options as never),
    date: (value, options) => intl.formatDate(value, options),
    relative: (value, unit) => intl.formatRelativeTime(value, unit, { numeric: 'auto' }),
    list: (values) => listFormat.format(values),
  };
}

function canFormat(locale: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
