import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { redactUrl } from '../../core/trust/url.ts';
import type { Transfer } from './transfer.ts';

/** How far a transfer came that ended too early. */
export interface CutOff {
  readonly url: string;
  readonly received: number;
  readonly expected: number;
}

export function cutOffError({ url, received, expected }: CutOff, cause?: unknown): AppError<'download-cut-off'> {
  const params = { url: redactUrl(url), receivedBytes: received, expectedBytes: expected };
  return new AppError('download-cut-off', params, cause === undefined ? {} : { cause });
}

/** A connection that breaks after the answer has begun is a cut-off transfer, which can be continued. */
export function asCutOff(error: unknown, at: CutOff): unknown {
  return isAppError(error, 'network-unreachable') ? cutOffError(at, error) : error;
}

/** `Content-Length`; `null` if the server does not say. */
export function contentLength(transfer: Pick<Transfer, 'headers'>): number | null {
  const text = transfer.headers.get('content-length') ?? '';
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : null;
}
