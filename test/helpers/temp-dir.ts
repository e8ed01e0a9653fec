import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { removeTree } from './tree.ts';

/** A new directory of the running test's own, removed when it is finished. */
export function tempDir(): string {
  const directory = mkdtempSync(path.join(realpathSync(tmpdir()), 'zerodesk-test-'));
  onTestFinished(() => removeTree(directory));
  return directory;
}
