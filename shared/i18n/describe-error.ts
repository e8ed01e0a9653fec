import type { ErrorData } from '../errors/app-error.ts';
import { formatSize } from './format.ts';
import type { MessageKey } from './messages.ts';
import type { Translator } from './translator.ts';

/** A problem in words. */
export interface ErrorText {
  /** What happened, to what, and what to do: one or two sentences in one line. */
  readonly sentence: string;
  /** Further lines for those who want to know: reports, output, causes. */
  readonly details: readonly string[];
}

/** Parameters too long for a sentence; their lines go to the details. */
const longParams = ['report', 'stderr'];
/** Problems that say only what failed; why is said by their cause. */
const wrappers = ['fetch-failed', 'bug'];
const maxUrlLength = 90;
const maxParamLength = 400;

/**
 * Puts a problem into words, for the window and the command line alike. Foreign text in it is made harmless: no control
 * characters, no passwords in addresses, bounded length.
 */
export function describeError(intl: Pick<Translator, 't' | 'number'>, error: ErrorData): ErrorText {
  const details: string[] = [];
  for (const name of longParams) {
    const text = error.params[name];
    if (typeof text === 'string') details.push(...lines(text));
  }
  let above: string = error.code;
  for (const cause of error.causes) {
    // Below a problem that explains itself, what the system or a library said is no mistake of ours, only a detail.
    const isForeign = cause.code === 'bug' && !wrappers.includes(above);
    details.push(isForeign ? cleanText(String(cause.params['message'] ?? '')) : sentenceOf(intl, cause));
    above = cause.code;
  }
  return { sentence: sentenceOf(intl, error), details };
}

function sentenceOf(
  intl: Pick<Translator, 't' | 'number'>,
  error: Pick<ErrorData, 'params'> & { readonly code: string },
): string {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error.params)) {
    if (typeof value === 'number') values[name] = name.endsWith('Bytes') ? formatSize(intl, value) : value;
    else values[name] = cleanText(value);
  }
  const key = `error.${error.code}` as MessageKey;
  const text = intl.t(key, values);
  // An argument that ends it may be empty.
  return (text === key ? intl.t('error.bug', { message: error.code }) : text).trimEnd();
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => withoutControls(line).trimEnd())
    .filter((line) => line !== '');
}

/** Foreign text made harmless: no control characters, no passwords in addresses, bounded length. */
export function cleanText(text: string): string {
  const plain = withoutControls(text).trim();
  const safe = plain.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/gi, '$1');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(safe)) return shortUrl(safe);
  return safe.length > maxParamLength ? `${safe.slice(0, maxParamLength)}…` : safe;
}

/** Keeps what tells addresses apart: the host and the last part of the path. */
function shortUrl(url: string): string {
  if (url.length <= maxUrlLength) return url;
  const [, start = '', path = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)(.*)$/i.exec(url) ?? [];
  const last = path.slice(path.replace(/[?#].*$/, '').lastIndexOf('/'));
  const room = Math.max(10, maxUrlLength - start.length - 2);
  return `${start.slice(0, maxUrlLength)}/…${last.length > room ? `…${last.slice(-room)}` : last}`;
}

/** Makes foreign text harmless: nothing in it moves the cursor or makes an address look like another one. */
export function withoutControls(text: string): string {
  // Also the marks that reorder text.
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}
