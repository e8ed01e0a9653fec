import { AppError } from '../../../shared/errors/app-error.ts';
import type { XmlElement } from './element.ts';
import { defaultXmlLimits, type XmlLimits } from './limits.ts';
import { parseStrictly } from './parse-strictly.ts';
import { scanXml } from './scan.ts';

/** Where a document comes from, for messages, and what it may hold. */
export interface ParseXmlOptions {
  /** A path or URL. */
  readonly source: string;
  readonly limits?: Partial<XmlLimits>;
}

/**
 * Reads a well-formed document with namespaces into plain data. Strict: one root, no unknown entity or prefix. A document
 * type declaration is passed over: nothing outside is read and entities it defines are unknown.
 *
 * @throws AppError `bad-xml` with the position of the mistake
 * @see feeds.md 1
 */
export function parseXml(text: string, options: ParseXmlOptions): XmlElement {
  const { source } = options;
  const limits = { ...defaultXmlLimits, ...options.limits };
  if (text.length > limits.characters) {
    throw new AppError('bad-xml', {
      source,
      line: 0,
      column: 0,
      reason: `longer than ${limits.characters} characters`,
    });
  }
  const plain = withLineFeeds(text);
  return scanXml(plain, limits) ?? parseStrictly(plain, source, limits);
}

/** Line ends as the standard wants them. @see XML 1.0, 2.11 */
function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
