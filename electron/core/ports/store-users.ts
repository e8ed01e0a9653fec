/** Running programs, also those that others started. */
export interface StoreUsersPort {
  /** Directory names of the implementations that running programs of this user have something of, as far as one can tell. */
  inUse(): ReadonlySet<string>;
}
