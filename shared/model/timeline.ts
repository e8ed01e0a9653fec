import { z } from 'zod';
import { ErrorDataSchema } from './error.ts';
import { InterfaceUri } from './ids.ts';

/** The name of an app. Those of the reference may have blanks. */
export const AppName = z
  .string()
  .regex(/^[^./\\:=;'"\0][^/\\:=;'"\0]{0,254}$/)
  .brand<'AppName'>();
export type AppName = z.infer<typeof AppName>;

/** An app, as a list shows it. */
export const TimelineApp = z.object({
  name: AppName,
  interface: InterfaceUri,
  /** Name of the program. */
  title: z.string(),
  version: z.string(),
});
export type TimelineApp = z.infer<typeof TimelineApp>;

/** All apps; those whose files cannot be read are told apart. */
export const TimelineApps = z.object({
  apps: z.array(TimelineApp),
  damaged: z.array(z.object({ name: z.string(), error: ErrorDataSchema })),
});
export type TimelineApps = z.infer<typeof TimelineApps>;

/** A component that an entry changed; `null` = not used. */
export const TimelineChange = z.object({
  interface: InterfaceUri,
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type TimelineChange = z.infer<typeof TimelineChange>;

/** Something that an app has been started with. */
export const TimelineEntry = z.object({
  number: z.number().int(),
  /** `null` = before it was noted. */
  at: z.string().nullable(),
  cause: z.enum(['add', 'update', 'change', 'rollback']),
  version: z.string(),
  changes: z.array(TimelineChange),
  /** Whether all of it is on this computer, so that it starts without network. */
  isHere: z.boolean(),
  isPresent: z.boolean(),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** What an app has been started with, newest first, and which updates it is kept from. */
export const Timeline = z.object({
  app: TimelineApp,
  entries: z.array(TimelineEntry),
  lost: z.array(z.object({ number: z.number(), reason: z.string() })),
  /** It stays with its versions. */
  hold: z.object({ until: z.string().nullable() }).nullable(),
  skips: z.array(z.object({ name: z.string(), version: z.string(), until: z.string().nullable() })),
  /** The last thing that happened was going back. */
  canUndo: z.boolean(),
});
export type Timeline = z.infer<typeof Timeline>;
