/** How long and how much the network adapter waits and takes. Times in milliseconds. */
export interface HttpLimits {
  /** Until a server has been reached and has agreed on encryption. */
  readonly connectMs: number;
  /** Without a single byte from a server that was reached. */
  readonly silenceMs: number;
  /** Fewer bytes than this within `silenceMs` of waiting are as good as silence. */
  readonly trickleBytes: number;
  /** Transfers at once from one site. */
  readonly perSite: number;
  /** Transfers at once in all. */
  readonly overall: number;
  readonly redirects: number;
  /** Partial files are thrown away after this. */
  readonly partialAgeMs: number;
  /** How often an archive is tried in a row without a new byte. */
  readonly tries: number;
  /** The same for what is small; feeds and keys have mirrors. */
  readonly triesOfSmall: number;
  /** How often in all, however many bytes each try brings. */
  readonly triesInAll: number;
  /** Wait before the second try; it doubles with each further one. */
  readonly backOffMs: number;
  readonly maxBackOffMs: number;
}

/** @see trust-and-download.md 8 */
export const defaultLimits: HttpLimits = {
  connectMs: 20_000,
  silenceMs: 60_000,
  trickleBytes: 6000,
  perSite: 2,
  overall: 8,
  redirects: 10,
  partialAgeMs: 7 * 24 * 3600 * 1000,
  tries: 4,
  triesOfSmall: 2,
  triesInAll: 30,
  backOffMs: 300,
  maxBackOffMs: 10_000,
};
