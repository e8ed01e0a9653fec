import { z } from 'zod';
import { InterfaceUri } from './ids.ts';
import { ErrorDataSchema } from './error.ts';

/** A program as a tile shows it. */
export const AppSummary = z.object({
  interface: InterfaceUri,
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  homepage: z.string().nullable(),
  /** Freedesktop main categories. */
  categories: z.array(z.string()),
  /** `icon://of/…` address for `<img>`, or none: then a monogram is drawn. */
  icon: z.string().nullable(),
  needsTerminal: z.boolean(),
  /** In *My apps*: it was run or added by the person. */
  isMine: z.boolean(),
  /** Appears outside of our window, say in the menu of the desktop. */
  isIntegrated: z.boolean(),
  /** Where it is listed: name of the catalogue source, or null if added by URL. */
  source: z.string().nullable(),
  /** What is known of its present selection without any network. */
  state: z.enum(['unknown', 'needs-download', 'ready', 'problem']),
  /** Version that would run, if known. */
  version: z.string().nullable(),
  lastRunAt: z.string().nullable(),
});
export type AppSummary = z.infer<typeof AppSummary>;

/** All programs and how the catalogue sources are. */
export const AppList = z.object({
  apps: z.array(AppSummary),
  sources: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      status: z.enum(['ready', 'loading', 'never-loaded', 'failed', 'off']),
      error: ErrorDataSchema.nullable(),
      refreshedAt: z.string().nullable(),
    }),
  ),
});
export type AppList = z.infer<typeof AppList>;

/** What a person may want of one start besides the program. */
export const RunOptions = z.object({
  /** One of its commands; left out: the usual one. */
  command: z.string().min(1).max(256).optional(),
  args: z.array(z.string().max(32_768)).max(256).default([]),
  /** A version expression for the program itself. */
  version: z.string().min(1).max(256).optional(),
  /** Only versions before this one; counts where there is no `version`. */
  before: z.string().min(1).max(256).optional(),
  /** In a terminal, also if the program does not ask for one. */
  inTerminal: z.boolean().default(false),
});
export type RunOptions = z.input<typeof RunOptions>;
