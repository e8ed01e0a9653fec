import * as fs from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import { formatOf, hashOf, type Algorithm, type KnownDigest } from '../../core/manifest/digest-name.ts';
import { printManifest } from '../../core/manifest/print-manifest.ts';
import { manifestName } from '../../core/manifest/tree.ts';
import { unpackArchive } from '../archive/unpack-archive.ts';
import { toFileError } from '../file-error.ts';
import { copyTree } from './copy-tree.ts';
import { digestTree, type TreeDigest } from './digest-tree.ts';
import { flushTree } from './flush.ts';
import { digestOfManifest } from '../tree/hashing.ts';
import type { Pace } from '../tree/pace.ts';
import { runRecipe, type RecipeRequest } from './run-recipe.ts';
import { TreeProblem, TreeWriter } from '../tree/tree-writer.ts';

/** An implementation to make in an empty directory of a store. */
export interface BuildRequest extends RecipeRequest {
  /** Empty, and closed to other users. */
  readonly place: string;
  readonly digest: KnownDigest;
}

/**
 * Makes an implementation: runs its recipe, compares the digest, writes the manifest, sets the modes, waits for the disk.
 * Afterwards the directory needs only its name. If it throws, the directory is to be deleted.
 *
 * @throws AppError `wrong-digest`, `tree-illegal`, `disk-full`, and what `runRecipe` throws
 * @see store.md 6.1, 6.2
 */
export async function buildTree({ place, digest, ...recipe }: BuildRequest, pace: Pace): Promise<void> {
  const tree = new TreeWriter(place, hashOf(digest.algorithm));
  try {
    pace.enter('unpacking');
    await runRecipe(recipe, tree, pace);
    await seal(tree, digest, pace);
  } catch (error) {
    throw toFileError(error, dirname(place));
  }
}

/**
 * Copies an implementation to an empty directory of another store, and checks the copy.
 *
 * @throws AppError as `buildTree`
 */
export async function copyImplementation(
  { from, place, digest }: { readonly from: string; readonly place: string; readonly digest: KnownDigest },
  pace: Pace,
): Promise<void> {
  const tree = new TreeWriter(place, hashOf(digest.algorithm));
  try {
    tree.beginStep(false);
    await copyTree({ directory: from, source: null, target: '', leavesOutManifest: true }, tree, pace);
    tree.endStep();
    await seal(tree, digest, pace);
  } catch (error) {
    if (error instanceof TreeProblem) throw new AppError('tree-illegal', { path: error.path, reason: error.reason });
    throw toFileError(error, dirname(place));
  }
}

/** What to unpack only to know its digest. */
export interface DigestArchiveTask {
  /** Empty directory for the contents; deleting it is the caller's business. */
  readonly place: string;
  readonly file: string;
  readonly mimeType: string;
  readonly extract: string | null;
  readonly algorithm: Algorithm;
}

/** Digest and manifest of what an archive unpacks to. @throws AppError as `unpackArchive` */
export async function digestArchive(request: DigestArchiveTask, pace: Pace): Promise<TreeDigest> {
  const { place, file, algorithm } = request;
  const tree = new TreeWriter(place, hashOf(algorithm));
  try {
    await unpackArchive({ ...request, name: file, startOffset: 0, target: '' }, tree, pace);
  } catch (error) {
    throw toFileError(error, dirname(place));
  }
  // Only the disk knows the times of directories.
  if (formatOf(algorithm) === 'old') return digestTree({ path: place, algorithm }, pace);
  const manifest = printManifest(tree.tree, 'new');
  return { digest: digestOfManifest(algorithm, manifest), manifest };
}

async function seal(tree: TreeWriter, digest: KnownDigest, pace: Pace): Promise<void> {
  pace.enter('verifying');
  if (tree.tree.entries.has(manifestName)) {
    throw new AppError('tree-illegal', { path: manifestName, reason: 'the name is reserved' });
  }
  const manifest = printManifest(tree.tree, formatOf(digest.algorithm));
  const actual = digestOfManifest(digest.algorithm, manifest);
  if (actual !== digest.directory) throw new AppError('wrong-digest', { expected: digest.directory, actual });
  pace.check();
  pace.enter('storing');
  tree.finish();
  const path = `${tree.rootPath}/${manifestName}`;
  fs.writeFileSync(path, manifest, { flag: 'wx', mode: 0o444, flush: true });
  fs.chmodSync(path, 0o444);
  await flushTree(tree);
  await pace.rest();
}
