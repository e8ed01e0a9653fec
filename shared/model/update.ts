import { z } from 'zod';
import { ErrorDataSchema } from './error.ts';
import { TimelineApp, TimelineChange } from './timeline.ts';

/** An app with what an update would change, as far as its feeds are known here. */
export const UpdateRow = z.object({
  app: TimelineApp,
  /** Version of the program that it would have. */
  version: z.string(),
  /** Empty: there is nothing new, or a hold keeps it. */
  changes: z.array(TimelineChange),
  downloadBytes: z.number(),
  isHeld: z.boolean(),
  /** Why it is not known; the other apps do not suffer from it. */
  error: ErrorDataSchema.nullable(),
});
export type UpdateRow = z.infer<typeof UpdateRow>;

/** What is new for all apps, and what speaks against downloading it now. `null` = not known here. */
export const UpdateList = z.object({
  rows: z.array(UpdateRow),
  isMetered: z.boolean().nullable(),
  isOnBattery: z.boolean().nullable(),
});
export type UpdateList = z.infer<typeof UpdateList>;

/** What one changed component brings. */
export const ComponentNews = z.object({
  name: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** What its own files say about the new versions. */
  notes: z.object({ file: z.string(), text: z.string() }).nullable(),
  /** How its files differ; `null` while one of the two is not here. */
  files: z
    .object({
      added: z.number(),
      removed: z.number(),
      changed: z.number(),
      bytesBefore: z.number(),
      bytesAfter: z.number(),
      /** Paths of files that can newly be run; at most 20. */
      runnable: z.array(z.string()),
    })
    .nullable(),
});
export type ComponentNews = z.infer<typeof ComponentNews>;

/** What an update brings. */
export const UpdateNews = z.object({
  components: z.array(ComponentNews),
  /** Whether all of it is here; else it has to be downloaded before it can be looked at. */
  isHere: z.boolean(),
});
export type UpdateNews = z.infer<typeof UpdateNews>;
