import { AppError } from '../../../shared/errors/app-error.ts';
import { defaultXmlLimits } from './limits.ts';

/** The encodings a document may declare; the rest of the world has settled on the first. */
const encodings: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
};

/** Nearly every document is in it. */
const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('iso-8859-1');

/**
 * Turns the bytes of a document into text, by its byte order mark or its declaration, else as UTF-8.
 *
 * @param limitBytes more is refused before anything is decoded
 * @throws AppError `bad-xml` if there are too many bytes, the encoding is unknown or the bytes are not in it
 */
export function decodeXml(bytes: Uint8Array, source: string, limitBytes = defaultXmlLimits.characters): string {
  const fail = (reason: string, cause?: unknown): AppError<'bad-xml'> =>
    new AppError('bad-xml', { source, line: 0, column: 0, reason }, cause === undefined ? {} : { cause });
  if (bytes.length > limitBytes) throw fail(`longer than ${limitBytes} bytes`);
  const encoding = encodingOf(bytes);
  if (encoding.label === undefined) throw fail(`unknown encoding '${encoding.name}'`);
  try {
    return (encoding.label === 'utf-8' ? utf8 : new TextDecoder(encoding.label, { fatal: true })).decode(bytes);
  } catch (error) {
    throw fail(`not in the encoding ${encoding.name}`, error);
  }
}

function encodingOf(bytes: Uint8Array): { readonly name: string; readonly label: string | undefined } {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { name: 'utf-16be', label: 'utf-16be' };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { name: 'utf-16le', label: 'utf-16le' };
  // Only a declaration names another one.
  if (bytes[0] === 0x3c && bytes[1] !== 0x3f) return { name: 'utf-8', label: 'utf-8' };
  // It is in ASCII, whatever follows it.
  const start = latin1.decode(bytes.subarray(0, 200));
  const name = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  const lower = name.toLowerCase();
  return { name, label: Object.hasOwn(encodings, lower) ? encodings[lower] : undefined };
}
