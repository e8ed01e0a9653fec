import * as fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import type { UnpackLimits } from '../../electron/core/ports/store.ts';
import { isAppError } from '../../shared/errors/app-error.ts';
import { noDigest } from './archive-cases.ts';
import type { TarEntry } from './make-tar.ts';
import { archiveStep, openTestStore, writeFile } from './store-bench.ts';
import { tempDir } from './temp-dir.ts';
import { describeTree } from './tree.ts';

/** A path outside, where nothing may come to be. */
export const absolute = '/tmp/zerodesk-canary';
/** An entry that is all right. */
export const x: TarEntry = { name: 'x', data: 'x' };

/** What became of an archive: the code of the error, or the lines of its manifest without hashes and times. */
export type Outcome = string | readonly string[];

/**
 * Unpacks an archive in a store with victims beside and above, and looks afterwards whether anything but the result is
 * there: a changed or new file anywhere below the base fails the test.
 */
export async function unpack(name: string, archive: Buffer, limits: Partial<UnpackLimits> = {}): Promise<Outcome> {
  const base = tempDir();
  const { stores, path: store } = openTestStore(base);
  fs.mkdirSync(store, { recursive: true });
  for (const place of [base, path.dirname(store), store]) {
    fs.mkdirSync(path.join(place, 'victim'));
    fs.writeFileSync(path.join(place, 'victim/precious'), 'precious', { mode: 0o644 });
  }
  const file = writeFile(base, name, archive);
  const before = describeTree(base);
  const mimeType = guessMimeType(name) ?? '';
  let outcome: Outcome;
  try {
    const { digest, manifest } = await stores.digestArchive({ file, mimeType, extract: null, algorithm: 'sha256new' });
    const step = archiveStep(file, { mimeType });
    const added = await stores.add({ digests: [digest], steps: [step], limits });
    expect(await stores.verify(added.path)).toMatchObject({ isOk: true });
    for (const entry of await stores.list()) if (entry.kind === 'implementation') await stores.remove(entry);
    outcome = manifest
      .split('\n')
      .slice(0, -1)
      .map((line) => line.replace(/^([FX]) [0-9a-f]+ -?[0-9]+ [0-9]+ /, '$1 ').replace(/^S [0-9a-f]+ [0-9]+ /, 'S '));
  } catch (error) {
    if (!isAppError(error)) throw error;
    outcome = error.code;
  }
  expect(describeTree(base)).toEqual(before);
  expect(fs.existsSync(absolute)).toBe(false);
  return outcome;
}

/** Adds with limits; the digest does not matter. */
export async function limited(name: string, archive: Buffer, limits: Partial<UnpackLimits>): Promise<string> {
  const base = tempDir();
  const { stores, path: store } = openTestStore(base);
  const step = archiveStep(writeFile(base, name, archive), { mimeType: guessMimeType(name) ?? '' });
  const error: unknown = await stores
    .add({ digests: [noDigest], steps: [step], limits })
    .catch((thrown: unknown) => thrown);
  expect(fs.readdirSync(store)).toEqual([]);
  return isAppError(error) ? error.code : String(error);
}
