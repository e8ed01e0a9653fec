import type { ShareEvent } from '../core/sharing/protocol.ts';

/** Where the helper works, for whom, and how much it lets them have. Only tests make one that is not `systemWorld`. */
export interface World {
  /** The shared store; belongs to the helper's user. */
  readonly store: string;
  /** Claims, accounts, reservations and log; belongs to the helper's user and is closed to others. */
  readonly usage: string;
  readonly caller: Caller;
  readonly policy: Policy;
  readonly limits: Limits;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears what was written into the log. */
  readonly onEvent?: (event: StoreEvent) => void;
}

/** What the helper did, without who asked for it and when. */
export type StoreEvent = Pick<ShareEvent, 'action' | 'digest' | 'bytes' | 'reason'>;

/** Who asks, as the operating system says it. */
export interface Caller {
  readonly uid: number;
  /** Root, or the helper's own user without a caller behind it: a timer. */
  readonly isAdmin: boolean;
}

/** What one user may have of the store. The administrator may set other values. @see sharing.md 6.2 */
export interface Policy {
  readonly bytesPerUser: number;
  readonly countPerUser: number;
  readonly addsPerHour: number;
  /** The larger of the two stays free. */
  readonly freeBytes: number;
  readonly freePercent: number;
  /** How long something stays that nobody says to need. */
  readonly graceDays: number;
}

/** What one request may take. */
export interface Limits {
  readonly manifestBytes: number;
  readonly entries: number;
  /** Directories inside each other. */
  readonly depth: number;
  /** Of a path inside the tree, and of a link's target. */
  readonly pathBytes: number;
  /** Without any data from the caller. */
  readonly silenceMs: number;
  /** Data may not arrive more slowly for long. */
  readonly bytesPerSecond: number;
  /** At once, for one user and for all. */
  readonly addsAtOnce: number;
  readonly addsAtOnceForAll: number;
}

const gib = 2 ** 30;

/** Used where the administrator said nothing else. */
export const defaultPolicy: Policy = {
  bytesPerUser: 20 * gib,
  countPerUser: 5000,
  addsPerHour: 500,
  freeBytes: gib,
  freePercent: 5,
  graceDays: 90,
};

/** Cannot be changed. */
export const defaultLimits: Limits = {
  manifestBytes: 64 * 2 ** 20,
  entries: 1_000_000,
  depth: 200,
  pathBytes: 3500,
  silenceMs: 30_000,
  bytesPerSecond: 16 * 1024,
  addsAtOnce: 4,
  addsAtOnceForAll: 32,
};

/** Below this, users are the system's own and have no quota. */
export const firstPersonUid = 1000;
