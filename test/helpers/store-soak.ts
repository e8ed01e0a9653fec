import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { makeTarGz } from './make-tar.ts';
import { archiveStep, openTestStore, writeFile } from './store-bench.ts';
import { startStoreProcess } from './store-child-process.ts';
import { removeTree } from './tree.ts';

/** A small archive that is different for each seed, and its digest. */
async function sample(directory: string, seed: number, fileCount: number): Promise<{ file: string; digest: string }> {
  const entries = Array.from({ length: fileCount }, (_, index) => ({
    name: `d${index % 7}/f${index}`,
    data: `${seed} ${index} `.repeat((index * 37) % 400),
    mode: index % 5 === 0 ? 0o755 : 0o644,
  }));
  const file = writeFile(directory, `sample-${seed}.tar.gz`, makeTarGz(...entries));
  const { stores } = openTestStore(path.join(directory, 'digest'));
  const request = { file, mimeType: 'application/x-compressed-tar', extract: null, algorithm: 'sha256new' };
  return { file, digest: (await stores.digestArchive(request)).digest };
}

/** Eight processes add the same implementation at once, again and again: all succeed, one tree stays. */
export async function raceAdders(base: string, rounds: number): Promise<void> {
  const processes = Array.from({ length: 8 }, startStoreProcess);
  try {
    for (let round = 0; round < rounds; round++) {
      const { file, digest } = await sample(base, round, 1 + ((round * 97) % 300));
      const order = { base: path.join(base, `race-${round}`), file, digest };
      const results = await Promise.all(processes.map((each) => each.add(order)));
      const { stores, path: store } = openTestStore(order.base);
      expect(results).toEqual(processes.map(() => ({ path: path.join(store, digest) })));
      expect(fs.readdirSync(store)).toEqual([digest]);
      expect(await stores.verify(path.join(store, digest))).toEqual({ isOk: true, digest });
    }
  } finally {
    await Promise.all(processes.map((each) => each.end()));
  }
}

/**
 * Kills a process with SIGKILL at another moment of adding each time: the name never shows a half tree, and what is left
 * over is found and removed.
 *
 * @returns how many were killed before the tree was visible
 */
export async function killAdders(base: string, rounds: number): Promise<number> {
  const { file, digest } = await sample(base, 1, 2000);
  let earlyCount = 0;
  // Starting one takes longer than adding, so the next one starts meanwhile.
  let next = startStoreProcess();
  for (let round = 0; round < rounds; round++) {
    const order = { base: path.join(base, `kill-${round}`), file, digest };
    const { stores, path: store } = openTestStore(order.base);
    const adder = next;
    if (round + 1 < rounds) next = startStoreProcess();
    const done = adder.add(order).catch(() => null);
    const wanted = Math.floor((2000 * round) / rounds);
    await until(() => fs.existsSync(path.join(store, digest)) || leafCount(store) >= wanted);
    adder.child.kill('SIGKILL');
    await once(adder.child, 'exit');
    await done;
    const names = fs.existsSync(store) ? fs.readdirSync(store) : [];
    if (names.includes(digest)) expect(await stores.verify(path.join(store, digest))).toEqual({ isOk: true, digest });
    else {
      earlyCount++;
      expect((await stores.list()).map(({ kind }) => kind)).toEqual(names.map(() => 'temporary'));
    }
    await stores.removeLeftovers(Date.now() + 2 * 24 * 3600 * 1000);
    expect(fs.existsSync(store) ? fs.readdirSync(store) : []).toEqual(names.includes(digest) ? [digest] : []);
    // The next one is not disturbed by what the killed one left.
    expect((await stores.add({ digests: [digest], steps: [archiveStep(file)] })).path).toBe(path.join(store, digest));
    removeTree(order.base);
  }
  return earlyCount;
}

/** Cancels at another moment of adding each time: nothing stays. @returns how many were cancelled */
export async function cancelAdders(base: string, rounds: number, worker?: URL): Promise<number> {
  const { file, digest } = await sample(base, 1, 2000);
  const { stores, path: store } = openTestStore(path.join(base, 'cancel'), worker === undefined ? {} : { worker });
  let cancelledCount = 0;
  try {
    let wholeMs = 0;
    // The first time is slower than all others.
    for (let round = 0; round < 2; round++) {
      const startedAt = performance.now();
      await stores.add({ digests: [digest], steps: [archiveStep(file)] });
      wholeMs = performance.now() - startedAt;
      await stores.remove((await stores.list())[0]!);
    }
    for (let round = 0; round < rounds; round++) {
      const signal = AbortSignal.timeout(Math.floor((wholeMs * round) / rounds));
      const result = await stores
        .add({ digests: [digest], steps: [archiveStep(file)], signal })
        .catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toHaveProperty('code', 'cancelled');
        cancelledCount++;
      }
      for (const entry of await stores.list()) {
        expect(entry.kind).toBe('implementation');
        expect(await stores.verify(entry.path)).toEqual({ isOk: true, digest });
        expect(await stores.remove(entry)).toBeGreaterThan(0);
      }
      expect(fs.readdirSync(store)).toEqual([]);
    }
  } finally {
    await stores.close();
  }
  return cancelledCount;
}

/** A small file system of its own; null if it cannot be mounted here. */
export function mountSmall(place: string, bytes: number): (() => void) | null {
  fs.mkdirSync(place, { recursive: true });
  const status = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=755`, 'zerodesk-test', place]).status;
  if (status !== 0) return null;
  return () => {
    execFileSync('umount', ['-l', place]);
  };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** Files that the first temporary directory of a store holds so far. */
function leafCount(store: string): number {
  try {
    const temporary = fs.readdirSync(store).find((name) => name.startsWith('tmp-'));
    if (temporary === undefined) return -1;
    const top = path.join(store, temporary);
    return fs.readdirSync(top).reduce((sum, name) => sum + fs.readdirSync(path.join(top, name)).length, 0);
  } catch {
    // Just renamed, or a file.
    return -1;
  }
}
