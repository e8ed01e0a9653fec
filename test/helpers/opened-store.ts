import { execFileSync } from 'node:child_process';
import type { PreparedStep } from '../../electron/core/ports/store.ts';
import { makeTarGz, type TarEntry } from './make-tar.ts';
import { archiveStep, openTestStore, writeFile, type TestStore } from './store-bench.ts';
import { tempDir } from './temp-dir.ts';

/** Files, links and times of all kinds. */
export const package1: readonly TarEntry[] = [
  { name: 'pkg', type: '5', mtime: 1_400_000_000 },
  { name: 'pkg/README', data: 'read me\n' },
  { name: 'pkg/bin/run', data: '#!/bin/sh\n', mode: 0o755, mtime: 1_400_000_001 },
  { name: 'pkg/bin/again', type: '2', link: 'run' },
  { name: 'pkg/empty', type: '5' },
  { name: 'pkg/old', data: 'old', mtime: -5 },
];

/** A store and what is to be added. */
export interface Opened extends TestStore {
  readonly base: string;
  readonly file: string;
  readonly digest: string;
  readonly steps: readonly PreparedStep[];
}

/** A store, an archive and its digest. */
export async function openStore(entries: readonly TarEntry[] = package1): Promise<Opened> {
  const base = tempDir();
  const test = openTestStore(base);
  const file = writeFile(base, 'a.tar.gz', makeTarGz(...entries));
  const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
  const { digest } = await test.stores.digestArchive(request);
  return { base, ...test, file, digest, steps: [archiveStep(file)] };
}

/** Lets a test change what was stored. */
export function makeWritable(place: string): void {
  execFileSync('chmod', ['-R', 'u+w', place]);
}
