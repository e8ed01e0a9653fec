import { z } from 'zod';
import { FeedUrl, InterfaceUri, StoreItemId } from './ids.ts';
import { DesktopEntry } from './integration.ts';
import { Stability } from './stability.ts';

/** A way to start a program. */
export const ProgramCommand = z.object({
  name: z.string(),
  /** What its feed calls it, and says of it. */
  title: z.string().nullable(),
  summary: z.string().nullable(),
  needsTerminal: z.boolean(),
});
export type ProgramCommand = z.infer<typeof ProgramCommand>;

/** Where a selected implementation comes from, and how that is known. */
export const Provenance = z.object({
  interface: InterfaceUri,
  name: z.string(),
  version: z.string(),
  feed: FeedUrl,
  /** Who vouches: signatures for this site, the person for a local feed, the system for a native package. */
  origin: z.enum(['signed', 'local', 'native']),
  signers: z.array(z.object({ fingerprint: z.string(), name: z.string().nullable(), isTrusted: z.boolean() })),
  /** For what site their keys are trusted; null where none is needed. */
  domain: z.string().nullable(),
  /** Directory name; null for what has none. */
  digest: z.string().nullable(),
  /** null = not stored. */
  item: StoreItemId.nullable(),
  store: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  /** When the files were last compared with the digest: by a verification, or when they were stored. */
  verifiedAt: z.string().nullable(),
  isDamaged: z.boolean(),
});
export type Provenance = z.infer<typeof Provenance>;

/** What there is to know of a program, from what is on this computer. */
export const ProgramDetails = z.object({
  interface: InterfaceUri,
  name: z.string(),
  summary: z.string(),
  /** Paragraphs. */
  description: z.array(z.string()),
  homepages: z.array(z.string()),
  categories: z.array(z.string()),
  needsTerminal: z.boolean(),
  /** The program that its publisher wants to be used instead. */
  replacedBy: InterfaceUri.nullable(),
  /** Of the selection; null without one. */
  version: z.string().nullable(),
  released: z.string().nullable(),
  stability: Stability.nullable(),
  license: z.string().nullable(),
  /** All that its feeds list, and the newest. */
  versionCount: z.number(),
  newestVersion: z.string().nullable(),
  /** Of the program itself, and of all that it needs besides; null = nothing of it is stored. */
  ownBytes: z.number().nullable(),
  librariesBytes: z.number().nullable(),
  downloadBytes: z.number(),
  commands: z.array(ProgramCommand),
  /** The program first. */
  provenance: z.array(Provenance),
  /** Everything that makes it appear outside of our window. */
  entries: z.array(DesktopEntry),
});
export type ProgramDetails = z.infer<typeof ProgramDetails>;
