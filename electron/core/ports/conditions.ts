/** What speaks against using the network just now; null = not known. */
export interface Conditions {
  /** Somebody pays for each byte. */
  readonly isMetered: boolean | null;
  readonly isOnBattery: boolean | null;
}

/** How the computer is connected and powered. */
export interface ConditionsPort {
  /** Never rejects: what cannot be found out is not known. */
  read(): Promise<Conditions>;
}
