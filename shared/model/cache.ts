import { z } from 'zod';
import { InterfaceUri, StoreItemId } from './ids.ts';

/** Something that needs an implementation: a program in *My apps*, an app of `0install add`, one of the latest runs. */
export const StoreNeed = z.object({
  kind: z.enum(['library', 'app', 'history']),
  /** Of the program. */
  name: z.string(),
});
export type StoreNeed = z.infer<typeof StoreNeed>;

/** One directory of a store. */
export const CacheItem = z.object({
  id: StoreItemId,
  /** Directory name, normally a digest. */
  digest: z.string(),
  kind: z.enum(['implementation', 'unowned', 'temporary']),
  /** Owner program or library, from the cached feeds. */
  interface: InterfaceUri.nullable(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  sizeBytes: z.number(),
  /** What deleting this one alone would free: files that others share do not count. */
  freedBytes: z.number(),
  /** Which store: `user`, `shared` or a custom directory. */
  store: z.string(),
  canDelete: z.boolean(),
  /** Running programs use it, or somebody is making it. */
  isInUse: z.boolean(),
  /** Names of the programs in *My apps* and of the apps of `0install add` that use it. */
  neededBy: z.array(z.string()),
  /** The same with what the latest runs used. */
  needs: z.array(StoreNeed),
  storedAt: z.string().nullable(),
  /** Null if no run of it is known. */
  lastUsedAt: z.string().nullable(),
  /** How it differs from what its name says, if the last verification of this session found that. */
  damage: z.string().nullable(),
});
export type CacheItem = z.infer<typeof CacheItem>;

/** Everything in every store. */
export const CacheListing = z.object({
  items: z.array(CacheItem),
  /** Each file once, also if several items share it. */
  totalBytes: z.number(),
  freeBytes: z.number().nullable(),
  stores: z.array(z.object({ name: z.string(), path: z.string(), isWritable: z.boolean() })),
});
export type CacheListing = z.infer<typeof CacheListing>;

/** What a clean-up would delete, and how much stays for which reason. */
export const CleanUpPreview = z.object({
  items: z.array(
    z.object({
      id: StoreItemId,
      digest: z.string(),
      name: z.string().nullable(),
      version: z.string().nullable(),
      sizeBytes: z.number(),
      lastUsedAt: z.string().nullable(),
      /** Nobody works on it any more; no cached feed lists it; nothing needs it. */
      why: z.enum(['left-over', 'unowned', 'not-needed']),
    }),
  ),
  /** By all of them together. */
  freedBytes: z.number(),
  kept: z.object({ needed: z.number(), inUse: z.number(), recent: z.number(), temporary: z.number() }),
});
export type CleanUpPreview = z.infer<typeof CleanUpPreview>;

/** An item that is not what its name says. */
export const DamagedItem = z.object({
  item: StoreItemId,
  digest: z.string(),
  /** Expected and actual digest, and the differences. */
  report: z.string(),
});
export type DamagedItem = z.infer<typeof DamagedItem>;

/** In which files two implementations differ. */
export const FileDiff = z.object({
  changes: z.array(
    z.object({
      path: z.string(),
      change: z.enum(['added', 'removed', 'changed']),
      type: z.enum(['file', 'link', 'directory']),
      /** `executable` and `not-executable`: what it has become. */
      aspects: z.array(z.enum(['type', 'contents', 'target', 'executable', 'not-executable', 'time'])),
      bytesBefore: z.number(),
      bytesAfter: z.number(),
    }),
  ),
  /** Changes that are not in the list, which has an end. */
  moreCount: z.number(),
  bytesBefore: z.number(),
  bytesAfter: z.number(),
  sameCount: z.number(),
});
export type FileDiff = z.infer<typeof FileDiff>;
