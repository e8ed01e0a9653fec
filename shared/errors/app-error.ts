import type { ErrorCode, ErrorParams } from './codes.ts';

/** A problem as plain data, as it crosses to the page or into `--json` output. */
export interface ErrorData {
  /** One of the closed list, or `bug` for a mistake of ours. */
  readonly code: ErrorCode | 'bug';
  readonly params: Readonly<Record<string, string | number>>;
  /** What led to it, the nearest first. */
  readonly causes: readonly { readonly code: string; readonly params: Readonly<Record<string, string | number>> }[];
}

/** What a call across a border gives: a value or a problem, never an exception. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

/** Stops runaway cause chains (foreign errors may be cyclic). */
const maxCauses = 8;

/**
 * A problem from outside that a person can read and act on. Its sentence comes from the message catalogue by code;
 * `message` here is for logs and tests only.
 */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly params: ErrorParams[C];

  constructor(code: C, params: ErrorParams[C], options?: { readonly cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }
}

/** Whether a thrown value is an `AppError`, optionally with the given code. */
export function isAppError<C extends ErrorCode = ErrorCode>(error: unknown, code?: C): error is AppError<C> {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** Turns anything thrown into plain data. What is no `AppError` becomes code `bug` with its message. */
export function toErrorData(error: unknown): ErrorData {
  const causes: ErrorData['causes'][number][] = [];
  let cause: unknown = error instanceof Error ? error.cause : undefined;
  while (cause instanceof Error && causes.length < maxCauses) {
    causes.push(oneError(cause));
    cause = cause.cause;
  }
  const own = oneError(error);
  return { ...own, causes };
}

/** Makes an `AppError` again of data that crossed a border, so that it can be thrown there. */
export function fromErrorData(data: ErrorData): Error {
  let cause: Error | undefined;
  for (const item of [...data.causes].reverse()) cause = revive(item.code, item.params, cause);
  return revive(data.code, data.params, cause);
}

function revive(code: string, params: Readonly<Record<string, string | number>>, cause: Error | undefined): Error {
  const options = cause === undefined ? {} : { cause };
  if (code === 'bug') return new Error(String(params['message'] ?? ''), options);
  return new AppError<ErrorCode>(code as ErrorCode, params, options);
}

function oneError(error: unknown): Pick<ErrorData, 'code' | 'params'> {
  if (isAppError(error)) {
    return { code: error.code, params: { ...(error.params as Record<string, string | number>) } };
  }
  return { code: 'bug', params: { message: error instanceof Error ? error.message : String(error) } };
}
