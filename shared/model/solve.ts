import { z } from 'zod';
import { ErrorDataSchema } from './error.ts';
import { FeedUrl, ImplementationId, InterfaceUri } from './ids.ts';
import { Stability, stabilityPolicies } from './stability.ts';

/** Where the files of a version are, or how they would come. */
export const FetchState = z.discriminatedUnion('kind', [
  /** Already in a store; `store` is `user`, `shared` or a custom directory's path. */
  z.object({ kind: z.literal('cached'), store: z.string() }),
  z.object({ kind: z.literal('local') }),
  /** A native package that is installed / could be installed, with the size of its download if known. */
  z.object({ kind: z.literal('package') }),
  z.object({ kind: z.literal('install'), sizeBytes: z.number().nullable() }),
  z.object({ kind: z.literal('compile') }),
  z.object({ kind: z.literal('download'), sizeBytes: z.number() }),
  /** No way to get it. */
  z.object({ kind: z.literal('none') }),
]);
export type FetchState = z.infer<typeof FetchState>;

/** Live progress of one component's download. Rates are smoothed. */
export const Progress = z.object({
  phase: z.enum([
    'waiting',
    'connecting',
    'receiving',
    'unpacking',
    'verifying',
    'storing',
    'done',
    'failed',
    'cancelled',
  ]),
  receivedBytes: z.number(),
  totalBytes: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
});
export type Progress = z.infer<typeof Progress>;

/** One row of the component tree, depth first; `depth` 0 is the program itself. */
export const ComponentRow = z.object({
  interface: InterfaceUri,
  isSource: z.boolean(),
  depth: z.number(),
  name: z.string(),
  summary: z.string(),
  /** `null`: this role could not be filled (problem). */
  version: z.string().nullable(),
  /** What the previous selection used, if another version. */
  previousVersion: z.string().nullable(),
  id: ImplementationId.nullable(),
  fromFeed: FeedUrl.nullable(),
  stability: Stability.nullable(),
  userRating: Stability.nullable(),
  fetch: FetchState,
  progress: Progress.nullable(),
  /** For a problem row: the lines of the report that concern it. */
  problem: z.array(z.string()),
});
export type ComponentRow = z.infer<typeof ComponentRow>;

/** A selection, whole or failed, as the Run view shows it. */
export const SolveView = z.object({
  interface: InterfaceUri,
  name: z.string(),
  isSolved: z.boolean(),
  /** Not solved, but feeds are missing that running it would fetch first: nothing is known to be wrong. */
  hasMissingFeeds: z.boolean(),
  components: z.array(ComponentRow),
  /** The complete failure report in the reference's words, when not solved. */
  report: z.string().nullable(),
  /** Bytes still to download for this selection. */
  downloadBytes: z.number(),
  /** Problems with single feeds that did not stop the solve. */
  problems: z.array(ErrorDataSchema),
});
export type SolveView = z.infer<typeof SolveView>;

/** One row of the version list of a component. */
export const VersionRow = z.object({
  id: ImplementationId,
  fromFeed: FeedUrl,
  version: z.string(),
  released: z.string().nullable(),
  /** What the feed says. */
  stability: Stability,
  /** What the person says; wins. Shown in CAPITALS. */
  userRating: Stability.nullable(),
  fetch: FetchState,
  /** `Linux-x86_64`, or `null` for any. */
  arch: z.string().nullable(),
  langs: z.string().nullable(),
  /** Why it cannot be used, in the reference's words; `null` if it can. */
  reason: z.string().nullable(),
  isSelected: z.boolean(),
});
export type VersionRow = z.infer<typeof VersionRow>;

/** Everything the Versions tab shows, rows in policy order (usable ones best first, then the rejected ones). */
export const VersionList = z.object({
  interface: InterfaceUri,
  name: z.string(),
  policy: z.enum(stabilityPolicies).nullable(),
  /** Version expression that the program's app is restricted to. */
  restriction: z.string().nullable(),
  helpWithTesting: z.boolean(),
  rows: z.array(VersionRow),
});
export type VersionList = z.infer<typeof VersionList>;

/** One row of the Feeds tab. */
export const FeedRow = z.object({
  url: FeedUrl,
  origin: z.enum(['main', 'imported', 'user', 'native', 'site-package']),
  arch: z.string().nullable(),
  isUsed: z.boolean(),
  status: z.enum(['ready', 'missing', 'bad']),
  reason: z.string().nullable(),
  name: z.string().nullable(),
  summary: z.string().nullable(),
  description: z.string().nullable(),
  homepages: z.array(z.string()),
  /** When the publisher last changed it: signed it, or wrote the file. */
  changedAt: z.string().nullable(),
  lastCheckedAt: z.string().nullable(),
  /** When it was last looked for without success, if that was later. */
  lastAttemptAt: z.string().nullable(),
  /** Who signed the stored copy, if it is a remote feed. */
  signatures: z.array(
    z.object({ fingerprint: z.string(), name: z.string().nullable(), signedAt: z.string(), isTrusted: z.boolean() }),
  ),
});
export type FeedRow = z.infer<typeof FeedRow>;
