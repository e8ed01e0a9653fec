import type { Pace } from '../tree/pace.ts';
import type { ArchiveProblems } from './archive-problems.ts';
import type { EntrySink } from './entry-sink.ts';
import type { Meter } from './limits.ts';
import type { SourceFile } from './source-file.ts';

/** What the unpacker of one format gets. */
export interface UnpackContext {
  readonly source: SourceFile;
  readonly sink: EntrySink;
  /** Must be told of all bytes that come out, before they are written. */
  readonly meter: Meter;
  readonly pace: Pace;
  readonly problems: ArchiveProblems;
  /** Makes an empty directory that only this user can enter; deleting it is the caller's business. */
  readonly makeTemporary: () => string;
}

/** Unpacks one format. */
export type Unpacker = (context: UnpackContext) => Promise<void>;
