import * as fs from 'node:fs';
import { dirname } from 'node:path';
import type { Growth } from '../../core/ports/http.ts';
import type { UnpackLimits } from '../../core/ports/store.ts';
import type { Pace } from '../tree/pace.ts';
import type { TreeWriter } from '../tree/tree-writer.ts';
import { ArchiveProblems } from './archive-problems.ts';
import { EntrySink } from './entry-sink.ts';
import { formats, type ArchiveFormat } from './formats.ts';
import { Meter, usualLimits } from './limits.ts';
import { SourceFile } from './source-file.ts';
import { findTool, requireTool } from './tools/tools.ts';

/** An archive on disk, or on its way there, and what to do with it. */
export interface UnpackRequest {
  readonly file: string;
  /** Given if the file is still arriving: it is unpacked as it comes, if its format allows that. */
  readonly growth?: Growth | undefined;
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
 * Unpacks an archive over what is already in a tree, as one step of a recipe. It returns only when the whole file is there
 * and was found to have the right size.
 *
 * @throws AppError `archive-unsupported`, `archive-tool-missing`, `archive-damaged`, `archive-unsafe`, `archive-limit`,
 *   `cancelled` also if the file will never be whole, and errors of files. The tree is then to be thrown away.
 * @see store.md 5.6-5.9
 */
export async function unpackArchive(request: UnpackRequest, tree: TreeWriter, pace: Pace): Promise<void> {
  const problems = new ArchiveProblems(request.name);
  const format = formatOf(request.mimeType, problems);
  checkExtract(request.extract, format, problems);

  const source = new SourceFile(request, problems);
  try {
    if (!format.isStreamed) await source.whole(pace);
    const meter = new Meter({ ...usualLimits, ...request.limits }, source.sizeBytes, problems);
    const { target, extract } = request;
    const sink = new EntrySink({ tree, meter, problems, target, extract, dropsRoot: format.dropsRoot });
    // Named so that it is found and deleted should we be killed.
    const makeTemporary = (): string => fs.mkdtempSync(`${dirname(tree.rootPath)}/0install-extract-`);
    tree.beginStep(format.mayChangeType);
    try {
      await format.unpack({ source, sink, meter, pace, problems, makeTemporary });
      sink.finish();
    } finally {
      sink.close();
    }
    await source.whole(pace);
    tree.endStep();
  } finally {
    source.close();
  }
}

/**
 * Looks whether archives of a type can be unpacked here, before anything is downloaded.
 *
 * @throws AppError `archive-unsupported`, `archive-tool-missing`
 */
export function checkArchive({ name, mimeType }: { readonly name: string; readonly mimeType: string }): void {
  const problems = new ArchiveProblems(name);
  for (const [first, ...others] of formatOf(mimeType, problems).tools) {
    if (first !== undefined && !others.some((tool) => findTool(tool) !== null)) requireTool(first, problems.name);
  }
}

/** Whether this version knows archives of this type, with or without a tool. */
export function isSupportedArchive(mimeType: string): boolean {
  return Object.hasOwn(formats, mimeType);
}

function formatOf(mimeType: string, problems: ArchiveProblems): ArchiveFormat {
  const format = isSupportedArchive(mimeType) ? formats[mimeType] : undefined;
  if (format === undefined) throw problems.unsupported(mimeType);
  return format;
}

function checkExtract(extract: string | null, format: ArchiveFormat, problems: ArchiveProblems): void {
  if (extract === null) return;
  if (!format.canExtract) throw problems.unsafe(extract, 'nothing can be extracted from this type of archive');
  if (/^[A-Za-z0-9][A-Za-z0-9 \-+_.]*$/.test(extract)) return;
  throw problems.unsafe(extract, 'not the name of a top-level directory');
}
