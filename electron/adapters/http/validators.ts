import type { Validators } from '../../core/ports/http.ts';
import type { SourceResponse } from './source.ts';

/** Longest text of a server that is sent back to it. */
const maxLength = 512;

/** What an answer says of its file; `null` if nothing that could be sent back. */
export function validatorsOf({ headers }: Pick<SourceResponse, 'headers'>): Validators | null {
  const etag = headers.get('etag') ?? '';
  const lastModified = headers.get('last-modified') ?? '';
  return validators(etag, lastModified);
}

/** Those that are well-formed; `null` if none is. @see RFC 9110 8.8 */
export function validators(etag: unknown, lastModified: unknown): Validators | null {
  const good = {
    etag:
      typeof etag === 'string' && etag.length <= maxLength && /^(?:W\/)?"[\x21\x23-\x7e]*"$/.test(etag) ? etag : null,
    lastModified:
      typeof lastModified === 'string' && lastModified.length <= maxLength && /^[\x20-\x7e]+$/.test(lastModified)
        ? lastModified
        : null,
  };
  return good.etag === null && good.lastModified === null ? null : good;
}

/** Asks for a file only if it is another one. */
export function conditionHeaders({ etag, lastModified }: Validators): Readonly<Record<string, string>> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  };
}
