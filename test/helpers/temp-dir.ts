import { accessSync, constants, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { removeTree } from './tree.ts';

/** A new directory of the running test's own, removed when it is finished. */
export function tempDir(
  parent = realpathSync(tmpdir()),
  finished: (clean: () => void | Promise<void>) => void = onTestFinished,
): string {
  const directory = mkdtempSync(path.join(parent, 'zerodesk-test-'));
  finished(() => removeTree(directory));
  return directory;
}

/** The same in memory where the system has such a place, for tests that make thousands of files. */
export function fastTempDir(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
  } catch {
    return tempDir();
  }
  return tempDir('/dev/shm');
}
