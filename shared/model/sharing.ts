import { z } from 'zod';

/** One part of what sharing takes, with what is wrong about it. */
export const ShareStep = z.object({
  id: z.enum(['user', 'directories', 'program', 'sudoers', 'scripts', 'trial', 'apparmor', 'timer']),
  /** `unknown`: only root could tell. */
  state: z.enum(['ok', 'missing', 'broken', 'unknown']),
  isOptional: z.boolean(),
  /** The first that was found; null if it is in order. */
  problem: z
    .object({
      kind: z.enum(['missing', 'owner', 'mode', 'content', 'kind', 'unsupported', 'trial']),
      /** File or user it is about. */
      what: z.string(),
      /** What is there instead, or what was said. */
      found: z.string(),
    })
    .nullable(),
  /** Commands for root that put it in order. */
  fix: z.array(z.string()),
});
export type ShareStep = z.infer<typeof ShareStep>;

/** Whether downloads are shared with the other users of this computer, and what is wrong if not. */
export const ShareHealth = z.object({
  state: z.enum(['unsupported', 'not-set-up', 'ready', 'broken']),
  /** Nothing is shared where everything is in one folder. */
  isPortable: z.boolean(),
  steps: z.array(ShareStep),
  /** What downloads are handed to; null if there is nothing on PATH. */
  helperPath: z.string().nullable(),
  /** One that also keeps accounts; others only store. */
  isOwnHelper: z.boolean(),
});
export type ShareHealth = z.infer<typeof ShareHealth>;

/** What one user has of the shared store. */
export const ShareAccount = z.object({
  isAdmin: z.boolean(),
  bytes: z.number(),
  count: z.number(),
  addsLastHour: z.number(),
  /** Null for those without a quota. */
  quota: z.object({ bytes: z.number(), count: z.number(), addsPerHour: z.number() }).nullable(),
  freeBytes: z.number(),
  floorBytes: z.number(),
  graceDays: z.number(),
});
export type ShareAccount = z.infer<typeof ShareAccount>;

/** One implementation of the shared store. */
export const SharedItem = z.object({
  digest: z.string(),
  /** From the cached feeds of this user; null for what others use. */
  name: z.string().nullable(),
  version: z.string().nullable(),
  bytes: z.number().nullable(),
  addedAt: z.string().nullable(),
  isAddedByMe: z.boolean(),
  isMine: z.boolean(),
  /** How many users said to need it. */
  users: z.number(),
  /** Their numbers, for the administrator only. */
  uids: z.array(z.number()).nullable(),
  usedAt: z.string(),
});
export type SharedItem = z.infer<typeof SharedItem>;

/** Why an implementation is this user's alone. */
export const PrivateCause = z.enum(['portable', 'sha1', 'no-store', 'no-helper', 'broken-helper', 'before-sharing']);
export type PrivateCause = z.infer<typeof PrivateCause>;

/** One implementation of the user's store. */
export const PrivateItem = z.object({
  digest: z.string(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  sizeBytes: z.number(),
  cause: PrivateCause,
});
export type PrivateItem = z.infer<typeof PrivateItem>;

/** Why the helper of the shared store refused something. */
export const RefusalName = z.enum([
  'digest',
  'size',
  'format',
  'algorithm',
  'type',
  'missing',
  'changed',
  'quota',
  'space',
  'busy',
  'timeout',
  'denied',
  'setup',
  'failed',
  'cancelled',
]);
export type RefusalName = z.infer<typeof RefusalName>;

/** Why something was stored for one user alone although there is a shared store. */
export const PrivateNote = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-helper') }),
  /** In the words of the helper. */
  z.object({ kind: z.literal('failed'), reason: z.string() }),
  z.object({ kind: z.literal('refused'), code: RefusalName }),
]);
export type PrivateNote = z.infer<typeof PrivateNote>;

/** One line of the log of the shared store. */
export const ShareLogEntry = z.object({
  at: z.string(),
  action: z.enum(['stored', 'refused', 'removed', 'claimed', 'released']),
  digest: z.string(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  isMine: z.boolean(),
  /** Number of the user, where one may know it. */
  uid: z.number().nullable(),
  bytes: z.number().nullable(),
  reason: RefusalName.nullable(),
});
export type ShareLogEntry = z.infer<typeof ShareLogEntry>;

/** Everything the Sharing page shows. */
export const ShareOverview = z.object({
  health: ShareHealth,
  /** Null if the helper keeps no accounts. */
  account: ShareAccount.nullable(),
  stores: z.array(z.object({ name: z.string(), path: z.string(), count: z.number(), isWritable: z.boolean() })),
  shared: z.array(SharedItem),
  private: z.array(PrivateItem),
  log: z.array(ShareLogEntry),
  /** Whether computers of the local network are asked before anything is downloaded. */
  asksNearby: z.boolean(),
});
export type ShareOverview = z.infer<typeof ShareOverview>;
