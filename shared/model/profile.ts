import { z } from 'zod';
import { ErrorDataSchema } from './error.ts';
import { DesktopPlace } from './integration.ts';
import { Stability, stabilityPolicies } from './stability.ts';

/** A line of text from a stranger. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'no control characters');
/** What is on this computer means nothing on another one, and has no signature. */
const address = z.url({ protocol: /^https?$/ }).max(4096);
const places = z.array(DesktopPlace).max(3);

/** The file: programs and what a person has decided about them. Whoever wrote it may be anybody. */
export const Profile = z.strictObject({
  format: z.literal('zerodesk-profile'),
  version: z.literal(1),
  apps: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}$/),
        interface: address,
        command: text(256).nullable(),
        /** Version expressions by interface. */
        restrictions: z.record(address, text(1024)),
        integrations: places,
      }),
    )
    .max(500),
  /** Programs without an app. */
  programs: z.array(z.strictObject({ interface: address, name: text(256), integrations: places })).max(1000),
  policies: z.array(z.strictObject({ interface: address, stability: z.enum(stabilityPolicies) })).max(2000),
  /** Extra feeds of interfaces. */
  feeds: z.array(z.strictObject({ interface: address, feed: address })).max(2000),
  ratings: z.array(z.strictObject({ feed: address, id: text(4096), rating: Stability })).max(5000),
  keys: z
    .array(
      z.strictObject({
        fingerprint: z.string().regex(/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/),
        /** What it claims, for people. */
        name: text(256).nullable(),
        domains: z.array(z.string().regex(/^[a-z0-9.-]{1,253}(:\d{1,5})?$/)).max(64),
      }),
    )
    .max(200),
});
export type Profile = z.infer<typeof Profile>;

/** One thing that a profile says, beside what is here. */
export const ProfileItem = z.object({
  /** Unique in its plan. */
  id: z.string().max(20),
  kind: z.enum(['key', 'policy', 'feed', 'rating', 'app', 'program', 'integration']),
  /** What it is about: a name or an address. */
  subject: z.string(),
  /** What the profile says of it. */
  wanted: z.string(),
  /** What is here instead; null = nothing. */
  present: z.string().nullable(),
  /** `keep`: it is so already. `refused`: it is never done; `reason` says why. */
  status: z.enum(['add', 'keep', 'conflict', 'refused']),
  reason: z.string().nullable(),
  /** What became of it. */
  outcome: z.enum(['none', 'done', 'failed']),
  error: ErrorDataSchema.nullable(),
});
export type ProfileItem = z.infer<typeof ProfileItem>;

/** What importing a profile would do. */
export const ProfilePlan = z.object({
  id: z.string().regex(/^plan-[0-9]+$/),
  /** Name of the file or folder. */
  name: z.string(),
  /** Feeds and programs come with it. */
  isBundle: z.boolean(),
  items: z.array(ProfileItem),
});
export type ProfilePlan = z.infer<typeof ProfilePlan>;
