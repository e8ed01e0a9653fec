/** The present and later, as a port so that tests can choose them. */
export interface ClockPort {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back once after a time; the returned function cancels. */
  after(milliseconds: number, callback: () => void): () => void;
}
