import type { DocumentKind } from '../trust/check-document.ts';

/** Reading whole documents, which may take long and so may be done elsewhere. */
export interface DocumentPort {
  /**
   * Throws what `checkDocument` throws.
   *
   * @throws AppError `bad-xml`, `feed-wrong-url`, `bad-feed`
   */
  check(request: CheckRequest): Promise<void>;
}

export interface CheckRequest {
  readonly kind: DocumentKind;
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly signal?: AbortSignal;
}
