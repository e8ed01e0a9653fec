import * as fs from 'node:fs';
import { isAppError } from '../../../shared/errors/app-error.ts';
import { formatOf, hashOf, type Algorithm, type KnownDigest } from '../../core/manifest/digest-name.ts';
import { printManifest } from '../../core/manifest/print-manifest.ts';
import { manifestName } from '../../core/manifest/tree.ts';
import { isVerified, verifyReport } from '../../core/manifest/verify-report.ts';
import type { VerifyResult } from '../../core/ports/store.ts';
import { toFileError } from '../file-error.ts';
import { digestOfManifest } from '../tree/hashing.ts';
import type { Pace } from '../tree/pace.ts';
import { readTree } from './read-tree.ts';

/** A digest as a directory name, and the manifest it is of. */
export interface TreeDigest {
  readonly digest: string;
  readonly manifest: string;
}

/** Digest and manifest of a directory. @throws AppError as `readTree` */
export async function digestTree(
  { path, algorithm }: { readonly path: string; readonly algorithm: Algorithm },
  pace: Pace,
): Promise<TreeDigest> {
  const format = formatOf(algorithm);
  const tree = await readTree(path, { hash: hashOf(algorithm), pace, hasDirectoryTimes: format === 'old' });
  const manifest = printManifest(tree, format);
  return { digest: digestOfManifest(algorithm, manifest), manifest };
}

/**
 * Compares a directory, and the manifest recorded in it, with a digest. What no store may hold is a result too.
 *
 * @throws AppError `file-missing`, `permission-denied`, `file-failed`, `cancelled`
 * @see store.md 4
 */
export async function verifyTree(
  { path, expected }: { readonly path: string; readonly expected: KnownDigest },
  pace: Pace,
): Promise<VerifyResult> {
  pace.enter('verifying');
  const { algorithm, directory } = expected;
  let actual: TreeDigest;
  try {
    actual = await digestTree({ path, algorithm }, pace);
  } catch (error) {
    if (!isAppError(error, 'tree-illegal')) throw error;
    const report = `Cached item does NOT verify:\n${directory} (expected digest)\n\n${error.params.path}: ${error.params.reason}`;
    return { isOk: false, expected: directory, actual: '', report };
  }
  const recorded = readRecorded(`${path}/${manifestName}`);
  const found = {
    expected: directory,
    actual: actual.digest,
    recorded: recorded === null ? null : digestOfManifest(algorithm, recorded),
    actualManifest: actual.manifest,
    recordedManifest: recorded?.toString() ?? '',
  };
  if (isVerified(found)) return { isOk: true, digest: directory };
  return { isOk: false, expected: directory, actual: actual.digest, report: verifyReport(found) };
}

function readRecorded(path: string): Buffer | null {
  try {
    // A link or directory of that name is part of the contents.
    return fs.lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? fs.readFileSync(path) : null;
  } catch (error) {
    throw toFileError(error, path);
  }
}
