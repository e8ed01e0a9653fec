/** How long and how much the network adapter waits and takes. Times in milliseconds. */
export interface HttpLimits {
  /** Until a server has been reached and has agreed on encryption. */
  readonly connectMs: number;
  /** Without a single byte from a server that was reached. */
  readonly silenceMs: number;
  /** Transfers at once from one site. */
  readonly perSite: number;
  /** Transfers at once in all. */
  readonly overall: number;
  readonly redirects: number;
  /** Partial files are thrown away after this. */
  readonly partialAgeMs: number;
}

/** @see trust-and-download.md 8 */
export const defaultLimits: HttpLimits = {
  connectMs: 20_000,
  silenceMs: 60_000,
  perSite: 2,
  overall: 8,
  redirects: 10,
  partialAgeMs: 7 * 24 * 3600 * 1000,
};
