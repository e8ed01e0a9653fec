import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Looks names up. What was asked beforehand is not asked a second time by the connection that follows. */
export interface Names {
  /** Ends when the name stands for something. @throws the failure of the system, such as `ENOTFOUND` */
  check(hostname: string): Promise<void>;
  readonly lookup: LookupFunction;
}

/** @param lookup the system's */
export function createNames(lookup: LookupFunction): Names {
  const checked = new Map<string, readonly LookupAddress[]>();
  return {
    check: (hostname) =>
      new Promise((resolve, reject) => {
        lookup(hostname, { all: true }, (error, found) => {
          if (error) {
            reject(error);
            return;
          }
          if (Array.isArray(found)) checked.set(hostname, found);
          resolve();
        });
      }),
    lookup(hostname, options, callback) {
      const found = checked.get(hostname);
      // Once only: the next connection may be made an hour later.
      checked.delete(hostname);
      if (found !== undefined && options.all === true && !options.family) callback(null, [...found]);
      else lookup(hostname, options, callback);
    },
  };
}
