import { z } from 'zod';
import { InterfaceUri, StoreItemId } from './ids.ts';

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
  /** Which store: `user`, `shared` or a custom directory. */
  store: z.string(),
  canDelete: z.boolean(),
  /** Names of programs in *My apps* whose present selection uses it. */
  neededBy: z.array(z.string()),
  storedAt: z.string().nullable(),
});
export type CacheItem = z.infer<typeof CacheItem>;

/** Everything in every store. */
export const CacheListing = z.object({
  items: z.array(CacheItem),
  totalBytes: z.number(),
  freeBytes: z.number().nullable(),
  stores: z.array(z.object({ name: z.string(), path: z.string(), isWritable: z.boolean() })),
});
export type CacheListing = z.infer<typeof CacheListing>;
