import { z } from 'zod';
import { DamagedItem } from './cache.ts';
import { ErrorDataSchema } from './error.ts';
import { FeedUrl, InterfaceUri, JobId } from './ids.ts';
import { Progress, SolveView } from './solve.ts';
import { KeyName } from './trust.ts';

/** What the key server or the feed's own key says of a key. */
export const KeyHint = z.object({ vote: z.enum(['good', 'bad']), text: z.string() });
export type KeyHint = z.infer<typeof KeyHint>;

/** "Do you trust this key for this domain?" as data. */
export const TrustQuestion = z.object({
  kind: z.literal('trust'),
  feed: FeedUrl,
  domain: z.string(),
  keys: z.array(
    z.object({
      /** 40 or 64 upper-case hex digits. */
      fingerprint: z.string(),
      /** Name and address the key claims; not verified by anyone. */
      claimedIdentity: z.string().nullable(),
      hints: z.array(KeyHint),
      /** Domains this key is trusted for already. */
      trustedDomains: z.array(z.string()),
      /** Facts a person should know (`sha1`, `dsa`, `rsa1024`, `expired`). */
      warnings: z.array(z.string()),
    }),
  ),
  /** Keys approved for this domain before: a sudden other key is suspicious. */
  approvedKeys: z.array(KeyName),
  /** Who signed the copy of this document that is here, if none of them signed the new one; empty otherwise. */
  previousSigners: z.array(KeyName),
});
export type TrustQuestion = z.infer<typeof TrustQuestion>;

/** Answer to a question: which of the shown keys to trust; empty refuses the feed. */
export const Answer = z.object({ trust: z.array(z.string().regex(/^[0-9A-F]{16,64}$/)).max(16) });
export type Answer = z.infer<typeof Answer>;

/** One transfer as the Downloads page lists it. */
export const DownloadRow = z.object({
  /** Stable within the job. */
  key: z.string(),
  kind: z.enum(['feed', 'implementation']),
  title: z.string(),
  detail: z.string(),
  progress: Progress,
});
export type DownloadRow = z.infer<typeof DownloadRow>;

/** The program that a job started. */
export const ProgramState = z.object({
  pid: z.number(),
  isRunning: z.boolean(),
  /** Process exit code; `null` while running or when ended by a signal. */
  exitCode: z.number().nullable(),
  signal: z.string().nullable(),
  /** The last part of what it printed, stdout and stderr as they came; at most 64 KiB. */
  output: z.string(),
  /** From the click to the start of the process. */
  startMs: z.number(),
});
export type ProgramState = z.infer<typeof ProgramState>;

/** What a job that ended early leaves for the next attempt: that much of its downloads need not be fetched again. */
export const KeptPart = z.object({ bytes: z.number(), totalBytes: z.number() });
export type KeptPart = z.infer<typeof KeptPart>;

/** A long piece of work. The page gets whole snapshots, never differences; at most ten a second. */
export const JobSnapshot = z.object({
  id: JobId,
  kind: z.enum([
    'run',
    'download',
    'select',
    'catalog-refresh',
    'feed-refresh',
    'app-add',
    'app-update',
    'app-look',
    'profile-import',
    'profile-export',
    'cache-delete',
    'cache-verify',
    'cache-repair',
    'cache-clean-up',
    'cache-share',
  ]),
  interface: InterfaceUri.nullable(),
  title: z.string(),
  state: z.enum(['running', 'asking', 'done', 'failed', 'cancelled']),
  phase: z.enum([
    'selecting',
    'refreshing',
    'asking',
    'downloading',
    'starting',
    'running',
    'deleting',
    'verifying',
    'moving',
    'finished',
  ]),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  /** Its downloads wait, without a connection, until it is resumed. */
  isPaused: z.boolean(),
  /** Place of its downloads among those of other jobs: smaller first. */
  rank: z.number(),
  /** Over all transfers of the job; `null` before there is one. */
  progress: Progress.nullable(),
  solve: SolveView.nullable(),
  downloads: z.array(DownloadRow),
  question: TrustQuestion.nullable(),
  program: ProgramState.nullable(),
  /** Cache jobs: bytes really freed; run and download jobs: bytes that came over the network. */
  bytes: z.number().nullable(),
  /** Set when downloads ended early and something of them is still there. */
  kept: KeptPart.nullable(),
  /** What a verification has found so far. */
  damaged: z.array(DamagedItem),
  error: ErrorDataSchema.nullable(),
});
export type JobSnapshot = z.infer<typeof JobSnapshot>;
