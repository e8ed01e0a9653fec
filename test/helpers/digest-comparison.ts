import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeRandomTree } from './random-tree.ts';
import { openTestStore } from './store-bench.ts';
import { removeTree } from './tree.ts';

const run = promisify(execFile);
const algorithms = ['sha1', 'sha1new', 'sha256', 'sha256new'] as const;

/**
 * Computes manifest and digest of random trees by all four algorithms, here and with `0install digest`.
 *
 * @returns one line for each difference
 */
export async function compareDigests(base: string, seeds: readonly number[]): Promise<readonly string[]> {
  const { stores, env } = openTestStore(base);
  const differences: string[] = [];
  for (const seed of seeds) {
    const tree = path.join(base, `tree-${seed}`);
    fs.mkdirSync(tree);
    makeRandomTree(tree, seed);
    await Promise.all(
      algorithms.map(async (algorithm) => {
        const [own, their] = await Promise.all([
          stores.digest(tree, algorithm),
          run('0install', ['digest', '--manifest', '--digest', `--algorithm=${algorithm}`, tree], { env }),
        ]);
        if (`${own.manifest}${own.digest}\n` !== their.stdout) differences.push(`seed ${seed}, ${algorithm}`);
      }),
    );
    removeTree(tree);
  }
  process.stdout.write(
    `compared ${seeds.length} random trees by ${algorithms.length} algorithms with 0install digest: ${differences.length} differences\n`,
  );
  return differences;
}
