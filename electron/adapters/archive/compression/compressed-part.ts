import type { Pace } from '../../tree/pace.ts';
import type { ArchiveProblems } from '../archive-problems.ts';
import type { SourceFile } from '../source-file.ts';

/** A part of a file, to be decompressed. */
export interface CompressedPart {
  readonly source: SourceFile;
  readonly position: number;
  readonly length: number;
  readonly pace: Pace;
  readonly problems: ArchiveProblems;
}
