import { z } from 'zod';
import { FeedUrl } from './ids.ts';

/** A key as a person knows it. */
export const KeyName = z.object({
  /** Upper-case hex: 40 or 64 digits, or the 16 of its id if nothing more is known. */
  fingerprint: z.string(),
  /** Name and address the key claims; not verified by anyone. */
  claimedIdentity: z.string().nullable(),
});
export type KeyName = z.infer<typeof KeyName>;

/** A feed on this computer, and who lives by it. */
export const DependentFeed = z.object({
  url: FeedUrl,
  /** What the feed calls itself; null if it cannot be read. */
  name: z.string().nullable(),
  /** Programs in *My apps* and apps that use something of it. */
  programs: z.array(z.string()),
});
export type DependentFeed = z.infer<typeof DependentFeed>;

/** What trusting a key, or trusting it no longer, is about. */
export const TrustRehearsal = z.object({
  /** The first of them; those that programs use before the others. */
  feeds: z.array(DependentFeed),
  feedCount: z.number().int(),
});
export type TrustRehearsal = z.infer<typeof TrustRehearsal>;

/**
 * `add`: feeds that the key could change from then on. `remove`: feeds that could not be updated any more, since no other
 * trusted key signs them.
 */
export const TrustChange = z.enum(['add', 'remove']);
export type TrustChange = z.infer<typeof TrustChange>;
