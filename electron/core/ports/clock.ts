/** The present, as a port so that tests can choose it. */
export interface ClockPort {
  /** Milliseconds since 1970. */
  now(): number;
}
