import { expect } from 'vitest';

/** Matches an error of a code, with at least these parameters. */
export function failure(code: string, params: Readonly<Record<string, unknown>> = {}): unknown {
  return expect.objectContaining({ code, params: expect.objectContaining(params) as unknown });
}
