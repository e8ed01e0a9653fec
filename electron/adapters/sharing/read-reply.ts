import { z } from 'zod';
import { refusalCodes, type Reply } from '../../core/sharing/protocol.ts';
import { failed } from './helper-process.ts';

const count = z.number().int().nonnegative();
const time = z.string().max(40);
const digest = z.string().max(80);

/** What a helper may answer: what is on PATH under its name can be anything. */
const replySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('have') }),
  z.object({ state: z.literal('send') }),
  z.object({ state: z.literal('stored') }),
  z.object({
    state: z.literal('refused'),
    code: z.enum(refusalCodes),
    path: z.string().max(4096).optional(),
    reason: z.string().max(1000).optional(),
  }),
  z.object({ state: z.literal('claimed'), count }),
  z.object({ state: z.literal('released'), count }),
  z.object({
    state: z.literal('status'),
    status: z.object({
      version: count,
      user: z.object({ uid: count, isAdmin: z.boolean(), bytes: count, count, addsLastHour: count }),
      quota: z.object({ bytes: count, count, addsPerHour: count }).nullable(),
      freeBytes: count,
      floorBytes: count,
      graceDays: count,
    }),
  }),
  z.object({
    state: z.literal('usage'),
    usage: z.array(
      z.object({
        digest,
        users: count,
        isMine: z.boolean(),
        addedAt: time.nullable(),
        bytes: count.nullable(),
        isAddedByMe: z.boolean(),
        usedAt: time,
        uids: z.array(count).optional(),
      }),
    ),
  }),
  z.object({
    state: z.literal('log'),
    events: z.array(
      z.object({
        at: time,
        action: z.enum(['stored', 'refused', 'removed', 'claimed', 'released']),
        digest,
        uid: count.nullable(),
        isMine: z.boolean(),
        bytes: count.nullable(),
        reason: z.enum(refusalCodes).nullable(),
      }),
    ),
  }),
  z.object({
    state: z.literal('cleaned'),
    cleaning: z.object({
      removed: z.array(z.object({ digest, bytes: count.nullable(), usedAt: time })),
      kept: z.object({ claimed: count, inUse: count }),
    }),
  }),
]);

/** Reads one line of a helper. @throws AppError `share-failed` */
export function readReply(line: string): Reply {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw failed('its answer makes no sense');
  }
  const parsed = replySchema.safeParse(value);
  if (!parsed.success) throw failed('its answer makes no sense');
  // Absent keys are absent, not undefined: they come from JSON.
  return parsed.data as Reply;
}
