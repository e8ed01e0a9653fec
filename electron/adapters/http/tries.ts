import { setTimeout as delay } from 'node:timers/promises';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { errorCode } from '../file-error.ts';
import type { HttpLimits } from './limits.ts';

/** Answers of servers that are busy, restarting or being repaired. */
const passingStatuses: readonly number[] = [408, 425, 429, 500, 502, 503, 504];

/** Failures of connections that may go better a moment later; what is wrong with a certificate or an answer stays wrong. */
const passingCodes: readonly string[] = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_HTTP2_SESSION_ERROR',
  'ERR_HTTP2_STREAM_CANCEL',
  'ERR_HTTP2_GOAWAY_SESSION',
];

/** What the tries of one transfer need to know of it. */
export interface Trying {
  readonly limits: Pick<HttpLimits, 'triesInAll' | 'backOffMs' | 'maxBackOffMs'>;
  /** In a row without a new byte. */
  readonly tries: number;
  readonly signal: AbortSignal;
  /** Bytes that need not be fetched again. */
  readonly progress: () => number;
  readonly explain: (error: unknown) => unknown;
}

/**
 * Tries a transfer until it succeeds, fails for good, or has failed too often. Before each further try is a wait that
 * doubles and has some chance in it, so that not everybody who was cut off comes back at the same moment.
 *
 * @throws AppError what the last try threw, explained
 */
export async function tryRepeatedly<T>(trying: Trying, attempt: () => Promise<T>): Promise<T> {
  const { limits, tries, signal, progress, explain } = trying;
  let inRow = 0;
  for (let all = 1; ; all += 1) {
    const before = progress();
    try {
      return await attempt();
    } catch (error) {
      const explained = explain(error);
      inRow = progress() > before ? 1 : inRow + 1;
      if (signal.aborted || !isPassing(explained) || inRow >= tries || all >= limits.triesInAll) throw explained;
      await wait(Math.min(limits.maxBackOffMs, limits.backOffMs * 2 ** (inRow - 1)), signal);
    }
  }
}

/** Whether a failure may be gone a moment later. */
export function isPassing(error: unknown): boolean {
  if (isAppError(error, 'download-cut-off')) return true;
  if (isAppError(error, 'download-timeout') || isAppError(error, 'download-too-slow')) return true;
  if (isAppError(error, 'http-status')) return passingStatuses.includes(error.params.status);
  return isAppError(error, 'network-unreachable') && passingCodes.includes(causeCode(error.cause));
}

function causeCode(cause: unknown): string {
  return errorCode(cause) ?? (cause instanceof AggregateError ? errorCode(cause.errors[0]) : null) ?? '';
}

/** Between half of a time and one and a half of it. */
async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds * (0.5 + Math.random()), undefined, { signal });
  } catch {
    throw new AppError('cancelled', {});
  }
}
