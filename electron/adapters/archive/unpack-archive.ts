import type { UnpackLimits } from '../../core/ports/store.ts';
import type { Pace } from '../tree/pace.ts';
import type { TreeWriter } from '../tree/tree-writer.ts';
import { ArchiveProblems } from './archive-problems.ts';
import { EntrySink } from './entry-sink.ts';
import { formats } from './formats.ts';
import { Meter, usualLimits } from './limits.ts';
import { SourceFile } from './source-file.ts';

/** An archive on disk and what to do with it. */
export interface UnpackRequest {
  readonly file: string;
  /** For messages. */
  readonly name: string;
  readonly mimeType: string;
  readonly extract: string | null;
  readonly startOffset: number;
  /** Existing directory of the tree that takes the contents; empty for the top. */
  readonly target: string;
  readonly limits?: Partial<UnpackLimits> | undefined;
}

/**
 * Unpacks an archive over what is already in a tree, as one step of a recipe.
 *
 * @throws AppError `archive-unsupported`, `archive-damaged`, `archive-unsafe`, `archive-limit`, `cancelled`, and errors of
 *   files. The tree is then to be thrown away.
 * @see store.md 5.6-5.9
 */
export async function unpackArchive(request: UnpackRequest, tree: TreeWriter, pace: Pace): Promise<void> {
  const problems = new ArchiveProblems(request.name);
  const format = isSupportedArchive(request.mimeType) ? formats[request.mimeType] : undefined;
  if (format === undefined) throw problems.unsupported(request.mimeType);
  checkExtract(request.extract, problems);

  const source = new SourceFile(request.file, request.startOffset, problems);
  try {
    const meter = new Meter({ ...usualLimits, ...request.limits }, source.sizeBytes, problems);
    const { target, extract } = request;
    const sink = new EntrySink({ tree, meter, problems, target, extract, dropsRoot: format.dropsRoot });
    tree.beginStep(format.mayChangeType);
    try {
      await format.unpack({ source, sink, meter, pace, problems });
      sink.finish();
    } finally {
      sink.close();
    }
    tree.endStep();
  } finally {
    source.close();
  }
}

/** Whether archives of this type can be unpacked here. */
export function isSupportedArchive(mimeType: string): boolean {
  return Object.hasOwn(formats, mimeType);
}

function checkExtract(extract: string | null, problems: ArchiveProblems): void {
  if (extract === null || /^[A-Za-z0-9][A-Za-z0-9 \-+_.]*$/.test(extract)) return;
  throw problems.unsafe(extract, 'not the name of a top-level directory');
}
