import { execFile, execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { makeTarGz } from './make-tar.ts';
import { archiveStep, hasReference, openTestStore, writeFile } from './store-bench.ts';
import { removeTree } from './tree.ts';

/** The built command line: what people start. */
const zerodesk = fileURLToPath(new URL('../../bin/0desk', import.meta.url));

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

/** Sixteen processes of the command line add the same implementation at once, again and again: one tree stays, no error. */
export async function raceAdders(base: string, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const { file, digest } = await sample(base, round, 1 + ((round * 97) % 300));
    const home = path.join(base, `race-${round}`);
    const { stores, env, path: store } = openTestStore(home);
    const adders = Array.from({ length: 16 }, () => startAdder(env, digest, file));
    const results = await Promise.all(adders.map(({ ended }) => ended));
    expect(results).toEqual(adders.map(() => ({ status: 0, stderr: '' })));
    expect(fs.readdirSync(store)).toEqual([digest]);
    expect(await stores.verify(path.join(store, digest))).toEqual({ isOk: true, digest });
    removeTree(home);
  }
}

/** How processes were killed. */
export interface KillCounts {
  readonly kills: number;
  /** Before the tree was visible. */
  readonly early: number;
  /** After they had left something. */
  readonly leftovers: number;
}

/**
 * Kills `0desk store add` with SIGKILL at another moment each time, spread over all of its work and at random: the name
 * never shows a half tree, `0install store audit` and `0desk store audit` find nothing wrong, and what is left over is gone
 * after the next start.
 */
export async function killAdders(base: string, rounds: number): Promise<KillCounts> {
  const { file, digest } = await sample(base, 1, 2000);
  const small = await sample(base, 2, 1);
  const { env, path: store } = openTestStore(path.join(base, 'kill'));
  const wholeMs = await timeOfAdding(env, digest, file);
  let early = 0;
  let leftovers = 0;
  for (let round = 0; round < rounds; round++) {
    removeTree(store);
    const adder = startAdder(env, digest, file);
    if (round % 3 === 2) await new Promise((resolve) => setTimeout(resolve, Math.random() * 1.3 * wholeMs));
    else {
      // From before the first file to after the last one.
      const wanted = Math.floor((2100 * round) / rounds);
      await Promise.race([
        adder.ended,
        until(() => fs.existsSync(path.join(store, digest)) || leafCount(store) >= wanted),
      ]);
    }
    adder.child.kill('SIGKILL');
    await adder.ended;

    const left = namesIn(store);
    if (!left.includes(digest)) early++;
    if (left.some((name) => name !== digest)) leftovers++;
    await expectSound(env, store);

    // The next start of whatever kind finds them.
    expect(await startAdder(env, small.digest, small.file).ended).toEqual({ status: 0, stderr: '' });
    expect(namesIn(store).filter((name) => name !== digest)).toEqual([small.digest]);
    await expectSound(env, store);
  }
  // What the last one left disturbs nobody.
  expect(await startAdder(env, digest, file).ended).toEqual({ status: 0, stderr: '' });
  return { kills: rounds, early, leftovers };
}

interface Adder {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

function startAdder(env: NodeJS.ProcessEnv, digest: string, file: string): Adder {
  const child = spawn(zerodesk, ['store', 'add', digest, file], {
    env: { ...env, ZERODESK_NODE: process.execPath },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return { child, ended: once(child, 'close').then(([status]) => ({ status: status as number | null, stderr })) };
}

async function timeOfAdding(env: NodeJS.ProcessEnv, digest: string, file: string): Promise<number> {
  const startedAt = performance.now();
  await startAdder(env, digest, file).ended;
  return performance.now() - startedAt;
}

/** Both programs find nothing wrong with a store. */
async function expectSound(env: NodeJS.ProcessEnv, store: string): Promise<void> {
  if (!fs.existsSync(store)) return;
  const own = await auditBy(zerodesk, { ...env, ZERODESK_NODE: process.execPath });
  expect(own).toMatch(/modified implementations: 0\n$/);
  if (hasReference) expect(await auditBy('0install', env)).toMatch(/modified implementations: 0\n$/);
}

async function auditBy(program: string, env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(program, ['store', 'audit'], { env });
  return stdout;
}

function namesIn(store: string): readonly string[] {
  return fs.existsSync(store) ? fs.readdirSync(store) : [];
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
