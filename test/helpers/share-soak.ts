import * as fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { deleteTree } from '../../electron/adapters/store/delete-tree.ts';
import { verifyTree } from '../../electron/adapters/store/digest-tree.ts';
import { Pace } from '../../electron/adapters/tree/pace.ts';
import { parseDigestInput, parseDigestName } from '../../electron/core/manifest/digest-name.ts';
import { createIsland, islandProgram } from './island.ts';
import { add, handOver, makeShareWorld, type HandedTree } from './sharing.ts';

/** What attackers reached. */
export interface AttackCounts {
  readonly tries: number;
  /** Changes of the tree meanwhile. */
  readonly attacks: number;
  readonly stored: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Trees in the store that are not what their names say. */
  readonly wrong: number;
}

/** Adds a tree again and again while its owner swaps, links, truncates and grows its files. */
export async function attackHelper(base: string, tries: number, seed = 1): Promise<AttackCounts> {
  const world = makeShareWorld(base, { uid: 0 });
  const tree = await handOver(path.join(base, 'tree'), [
    { path: 'bin', type: 'dir' },
    { path: 'bin/run', type: 'file', contentUtf8: '#!/bin/sh\necho good\n', mode: '0755', mtime: 1_600_000_000 },
    { path: 'readme', type: 'file', contentUtf8: 'good\n', mode: '0644', mtime: 1_600_000_000 },
    { path: 'share', type: 'dir' },
    {
      path: 'share/large',
      type: 'file',
      contentRepeat: { utf8: 'good ', times: 100_000 },
      mode: '0644',
      mtime: 1_600_000_000,
    },
  ]);
  const secret = path.join(base, 'secret');
  fs.writeFileSync(secret, 'good\n', { mode: 0o600 });
  const control = new SharedArrayBuffer(8);
  const flag = new Int32Array(control);
  const attacker = new Worker(new URL('./share-attacker.mjs', import.meta.url), {
    workerData: { directory: tree.directory, secret, seed, control },
  });
  const ended = new Promise<void>((resolve, reject) => {
    attacker.once('exit', () => {
      resolve();
    });
    attacker.once('error', reject);
  });
  const refused: Record<string, number> = {};
  let stored = 0;
  let wrong = 0;
  try {
    await new Promise((resolve) => attacker.once('online', resolve));
    for (let index = 0; index < tries; index++) {
      const result = await add(world, tree);
      if (result !== 'stored') refused[result] = (refused[result] ?? 0) + 1;
      else {
        stored++;
        const place = path.join(world.store, tree.digest);
        const found = await verifyTree({ path: place, expected: parseDigestInput(tree.digest) }, new Pace());
        if (!found.isOk) wrong++;
        await deleteTree({ path: place }, new Pace());
      }
      if (fs.readdirSync(world.store).length > 0) wrong++;
      // The next one is to begin at another moment of the attacker's.
      if (index % 5 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
    await ended;
  }
  return { tries, attacks: Atomics.load(flag, 1), stored, refused, wrong };
}

/** How helpers were killed. */
export interface HelperKills {
  readonly kills: number;
  /** Before the tree was visible. */
  readonly early: number;
  /** After they had left something. */
  readonly leftovers: number;
}

const store = '/var/cache/0install.net/implementations';
const usage = '/var/cache/0install.net/usage';
const program = '/usr/local/lib/zerodesk/0store-secure-add';

/**
 * Kills the installed helper, run as its own user, at another moment of its work each time: what is visible is whole, what is
 * left over goes with the next start, and nothing stays reserved.
 */
export async function killHelpers(rounds: number): Promise<HelperKills> {
  const island = await createIsland(['alice']);
  try {
    const setup = await island.run('root', [`${islandProgram}/bin/0desk`, 'share', 'setup', '--apply']);
    expect(setup.stdout).toContain('Sharing: ready');
    const large = await treeFor(island.outside('/opt/large'), 400);
    const small = await treeFor(island.outside('/opt/small'), 1);
    const start = (tree: HandedTree, place: string): ReturnType<typeof island.start> =>
      island.start('zeroinst', [program, tree.digest], { cwd: place, env: { SUDO_UID: '1001' } });
    const finish = async (tree: HandedTree, place: string): Promise<void> => {
      const child = start(tree, place);
      const status = await new Promise((resolve) => child.once('close', resolve));
      expect(status).toBe(0);
    };
    const names = (): readonly string[] => fs.readdirSync(island.outside(store));
    const expectSound = async (): Promise<void> => {
      for (const name of names()) {
        const digest = parseDigestName(name);
        if (digest === null) continue;
        const found = await verifyTree({ path: path.join(island.outside(store), name), expected: digest }, new Pace());
        expect(found).toEqual({ isOk: true, digest: name });
      }
    };
    const forget = async (name: string): Promise<void> => {
      await deleteTree({ path: path.join(island.outside(store), name) }, new Pace());
    };

    const startedAt = performance.now();
    await finish(large, '/opt/large');
    const wholeMs = performance.now() - startedAt;
    let early = 0;
    let leftovers = 0;
    for (let round = 0; round < rounds; round++) {
      await forget(large.digest);
      const child = start(large, '/opt/large');
      const closed = new Promise((resolve) => child.once('close', resolve));
      if (round % 3 === 2) await new Promise((resolve) => setTimeout(resolve, Math.random() * 1.3 * wholeMs));
      else {
        // From before the first file to after the last one.
        const wanted = Math.floor((430 * round) / rounds);
        while (child.exitCode === null && !names().includes(large.digest) && copiedIn(island.outside(store)) < wanted) {
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      child.kill('SIGKILL');
      await closed;
      const left = names();
      if (!left.includes(large.digest)) early++;
      if (left.some((name) => name.startsWith('tmp-'))) leftovers++;
      await expectSound();
      if (round % 10 !== 9) continue;
      await forget(small.digest);
      await finish(small, '/opt/small');
      expect(names().filter((name) => parseDigestName(name) === null)).toEqual([]);
      expect(fs.readdirSync(island.outside(`${usage}/reserved`))).toEqual([]);
    }
    await finish(large, '/opt/large');
    expect([...names()].sort()).toEqual([large.digest, small.digest].sort());
    const audit = await island.run('alice', [`${islandProgram}/bin/0desk`, 'store', 'audit']);
    expect(audit.stdout).toMatch(/modified implementations: 0\n$/);
    return { kills: rounds, early, leftovers };
  } finally {
    island.close();
  }
}

/** Files that the first temporary directory of a store holds so far. */
function copiedIn(place: string): number {
  try {
    const temporary = fs.readdirSync(place).find((name) => name.startsWith('tmp-'));
    return temporary === undefined ? -1 : fs.readdirSync(path.join(place, temporary)).length;
  } catch {
    // Just renamed.
    return -1;
  }
}

function treeFor(directory: string, fileCount: number): Promise<HandedTree> {
  return handOver(
    directory,
    Array.from({ length: fileCount }, (_, index) => ({
      path: `f${index}`,
      type: 'file' as const,
      contentRepeat: { utf8: `${fileCount} ${index} `, times: (index * 37) % 900 },
      mode: '0644',
      mtime: 1_600_000_000,
    })),
  );
}
