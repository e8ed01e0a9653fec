import { AppError } from '../../../shared/errors/app-error.ts';

/** White space, control characters and the backslash: programs disagree about what they mean in a URL. */

const ambiguous = /[\u0000-\u0020\u007f\\]/;

/** Longest URL we take; the same as in the messages between our processes. */
const maxLength = 4096;

/**
 * Reads an http or https URL of which every program has the same opinion.
 *
 * What a browser would repair (blanks, backslashes, a percent-encoded or numeric host) is refused: the host that is
 * contacted must be the host a person sees and trusts.
 *
 * @throws AppError `bad-url`
 */
export function parseHttpUrl(text: string): URL {
  const refuse = (reason: string): never => {
    throw new AppError('bad-url', { url: redactUrl(text), reason });
  };
  if (text.length > maxLength) return refuse('it is too long');
  if (!/^https?:\/\//.test(text)) {
    return refuse(text.startsWith('ftp://') ? 'ftp is not supported' : 'it does not begin with http:// or https://');
  }
  if (ambiguous.test(text))
    return refuse('it contains blanks or characters that mean different things to different programs');
  const authority = /^https?:\/\/([^/?#]*)/.exec(text)?.[1] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (host === '') return refuse('it names no server');
  if (!URL.canParse(text)) return refuse('it is not well-formed');
  const url = new URL(text);
  if (isAscii(host) && withoutDefaultPort(host.toLowerCase(), url.protocol) !== url.host) {
    return refuse('the name of the server is written in an unusual way');
  }
  return url;
}

/**
 * A URL as it may appear in messages and logs: without user name, password, query and fragment, and without control
 * characters. The scheme, host and path stay.
 */
export function redactUrl(text: string): string {
  const short = text.length > 1000 ? `${text.slice(0, 1000)}…` : text;

  const clean = short.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '�');
  return clean
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1')
    .replace(/[?#].*$/, (rest) => (rest.startsWith('?') && rest.length > 1 ? '?…' : ''));
}

/** `host:port` of a parsed URL as people write it, for messages. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : redactUrl(url);
}

/** Drops `:80` from http hosts and `:443` from https hosts. `protocol` as in `URL`, with its colon. */
export function withoutDefaultPort(host: string, protocol: string): string {
  const port = protocol === 'https:' ? ':443' : ':80';
  return host.endsWith(port) ? host.slice(0, -port.length) : host;
}

function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text);
}
