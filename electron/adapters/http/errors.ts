import { AppError } from '../../../shared/errors/app-error.ts';
import { hostOf } from '../../core/trust/url.ts';
import { errorCode } from '../file-error.ts';
import type { HttpLimits } from './limits.ts';

/** Ends of the sentence "HOST could not be reached: …". */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses the connection',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
  UND_ERR_INFO: 'it closed the connection',
  ERR_HTTP2_STREAM_ERROR: 'it ended the transfer',
  ERR_HTTP2_STREAM_CANCEL: 'it ended the transfer',
  ERR_HTTP2_SESSION_ERROR: 'it closed the connection',
  ERR_HTTP2_GOAWAY_SESSION: 'it closed the connection',
  ERR_HTTP2_ERROR: 'it does not speak http',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  EADDRNOTAVAIL: 'there is no network',
  EHOSTUNREACH: 'there is no way to it',
  EHOSTDOWN: 'there is no way to it',
  EAI_AGAIN: 'no name server answers',
  EAI_FAIL: 'no name server answers',
  ESERVFAIL: 'no name server answers',
  ETIMEDOUT: 'it does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate belongs to another server',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this computer does not know',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate comes from an authority that this computer does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that this computer does not know',
  CERT_REVOKED: 'its certificate was revoked',
  UND_ERR_ABORTED: 'the proxy refuses the connection',
  UND_ERR_PRX_TLS: 'the certificate of the proxy is not valid',
  HPE_INVALID_CONSTANT: 'it does not speak http',
  HPE_INVALID_VERSION: 'it does not speak http',
  UND_ERR_HEADERS_OVERFLOW: 'its answer is malformed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'its answer is malformed',
};

const timeouts: readonly string[] = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'];
const unknownHost: readonly string[] = ['ENOTFOUND', 'EAI_NONAME', 'EAI_NODATA', 'ENODATA'];

/** What is to be said of a failed transfer besides the failure itself. */
export interface TransferContext {
  readonly url: string;
  readonly limits: HttpLimits;
  /** The caller gave up. */
  readonly signal: AbortSignal | undefined;
  /** The time for the whole transfer was over; in milliseconds. */
  readonly expiredMs: number | null;
}

/**
 * Makes what undici, TLS or a socket threw an error for people; others come back as they are. The original stays as cause.
 */
export function toTransferError(error: unknown, { url, limits, signal, expiredMs }: TransferContext): unknown {
  if (signal?.aborted === true) return new AppError('cancelled', {});
  const host = hostOf(url);
  if (expiredMs !== null) return new AppError('download-timeout', { host, seconds: toSeconds(expiredMs) });
  const code = codeOf(error);
  if (error instanceof AppError || code === null) return error;
  const options = { cause: error };
  if (unknownHost.includes(code)) return new AppError('host-unknown', { host }, options);
  if (timeouts.includes(code))
    return new AppError('download-timeout', { host, seconds: toSeconds(limits.silenceMs) }, options);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    return new AppError('download-timeout', { host, seconds: toSeconds(limits.connectMs) }, options);
  }
  return new AppError('network-unreachable', { host, reason: reasonOf(code, error) }, options);
}

function reasonOf(code: string, error: unknown): string {
  // undici has no code for it.
  if (code.startsWith('UND_ERR_') && error instanceof Error && /\b407\b/.test(error.message))
    return 'the proxy asks for a name and password';
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') return 'no encrypted connection could be made';
  return reasons[code] ?? (code.startsWith('HPE_') ? 'its answer is malformed' : code);
}

/** The code of an error or of the first of those inside, as when several addresses were tried. */
function codeOf(error: unknown): string | null {
  // What is wrong with the syntax of an answer has no code of its own.
  if (error instanceof Error && error.name === 'HTTPParserError') return errorCode(error) ?? 'HPE_UNKNOWN';
  return errorCode(error) ?? (error instanceof AggregateError ? errorCode(error.errors[0]) : null);
}

function toSeconds(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds / 1000));
}
