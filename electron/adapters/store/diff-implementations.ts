import * as fs from 'node:fs';
import { basename } from 'node:path';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { hashOf, parseDigestName, type HashName } from '../../core/manifest/digest-name.ts';
import { diffTrees, type TreeDiff } from '../../core/manifest/diff.ts';
import { parseManifest } from '../../core/manifest/parse-manifest.ts';
import { manifestName, type TreeDirectory } from '../../core/manifest/tree.ts';
import { errorCode } from '../file-error.ts';
import { digestOfManifest } from '../tree/hashing.ts';
import type { Pace } from '../tree/pace.ts';
import { readTree } from './read-tree.ts';

/**
 * Compares two directories, from their manifests where these are what the directories' names say and were made by the same
 * hash; otherwise from their contents.
 *
 * @throws AppError as `readTree`
 */
export async function diffImplementations(
  { before, after }: { readonly before: string; readonly after: string },
  pace: Pace,
): Promise<TreeDiff> {
  const [left, right] = [readRecorded(before), readRecorded(after)];
  const hash = left?.hash ?? right?.hash ?? 'sha256';
  const treeOf = async (path: string, recorded: ReturnType<typeof readRecorded>): Promise<TreeDirectory> =>
    recorded?.hash === hash ? recorded.tree : readTree(path, { hash, pace, hasDirectoryTimes: false });
  return diffTrees(await treeOf(before, left), await treeOf(after, right));
}

/** The tree of a manifest that has the digest it should have; the old format leaves open what is where. */
function readRecorded(path: string): { readonly hash: HashName; readonly tree: TreeDirectory } | null {
  const digest = parseDigestName(basename(path));
  if (digest === null || digest.algorithm === 'sha1') return null;
  const source = `${path}/${manifestName}`;
  try {
    if (fs.lstatSync(source, { throwIfNoEntry: false })?.isFile() !== true) return null;
    const bytes = fs.readFileSync(source);
    if (digestOfManifest(digest.algorithm, bytes) !== digest.directory) return null;
    return { hash: hashOf(digest.algorithm), tree: parseManifest(bytes, digest.algorithm, { source }) };
  } catch (error) {
    // Reading the directory itself shows better what is wrong.
    if (isAppError(error, 'tree-illegal') || errorCode(error) !== null) return null;
    throw error;
  }
}
