import type { ErrorData } from '../../../shared/errors/app-error.ts';

/** A problem that the invented main process answers with. */
export class Refusal extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(data.code);
    this.data = data;
  }
}
