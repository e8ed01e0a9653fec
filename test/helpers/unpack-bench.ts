import * as fs from 'node:fs';
import { expect } from 'vitest';
import type { UnpackLimits } from '../../electron/core/ports/store.ts';
import { noDigest } from './archive-cases.ts';
import { archiveStep, openTestStore, writeFile, type TestStore } from './store-bench.ts';
import { tempDir } from './temp-dir.ts';

/** A store in a new directory. */
export function openStore(): TestStore & { readonly base: string } {
  const base = tempDir();
  return { base, ...openTestStore(base) };
}

/** The manifest of an archive, without hashes and times. */
export async function listing(
  name: string,
  archive: Buffer,
  extract: string | null = null,
): Promise<readonly string[]> {
  const { base, stores } = openStore();
  const file = writeFile(base, name, archive);
  const mimeType = name.endsWith('.zip')
    ? 'application/zip'
    : name.endsWith('.gz')
      ? 'application/x-compressed-tar'
      : 'application/x-tar';
  const { manifest } = await stores.digestArchive({ file, mimeType, extract, algorithm: 'sha1new' });
  return manifest
    .split('\n')
    .slice(0, -1)
    .map((line) =>
      line.replace(/^([FX]) [0-9a-f]+ (-?[0-9]+) ([0-9]+) /, '$1 ').replace(/^S [0-9a-f]+ ([0-9]+) /, 'S '),
    );
}

/** What adding an archive fails with; the store must be empty then. */
export async function unpackFailure(
  archive: Buffer,
  name: string,
  limits: Partial<UnpackLimits> = {},
): Promise<string> {
  const { base, stores, path: store } = openStore();
  const file = writeFile(base, name, archive);
  const error = await stores
    .add({ digests: [noDigest], steps: [archiveStep(file)], limits })
    .catch((thrown: unknown) => thrown);
  expect(fs.readdirSync(store)).toEqual([]);
  return error instanceof Error ? error.message : 'stored';
}
