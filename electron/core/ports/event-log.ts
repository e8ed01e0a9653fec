/** Where a service tells the administrator what it did: the event log of Windows, the system's log elsewhere. */
export interface EventLogPort {
  /** Never fails: what cannot be written is lost, and the work goes on. */
  note(level: 'information' | 'warning', text: string): void;
}
