// The digest of a tree: large files, spread over two threads, and small ones, beside `0install digest`. In memory, so that the
// disk does not count.
import { createCipheriv } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { createWorkerRunner } from '../../electron/adapters/store/worker-runner.ts';
import { benchDirectory, hasProgram, inTurn, machine, must, round, verdict } from './beside-reference.ts';
import { makeSmallFiles } from './files.ts';

const hasReference = hasProgram('0install');
if (!hasReference) console.log('0install is not installed (apt-get install 0install-core): no ratios to it.');

const base = benchDirectory();
const tasks = createWorkerRunner(new URL('../../out/cli/workers/store.js', import.meta.url));
try {
  const small = path.join(base, 'small');
  makeSmallFiles(small, 20_000);
  const { large, count } = makeLargeFiles();
  console.log(machine);
  const env = { PATH: process.env['PATH'], HOME: base };
  const rows: Record<string, string | number>[] = [];
  for (const { name, tree, budget } of [
    { name: `${count} files of 256 MiB`, tree: large, budget: 1 / 5 },
    { name: '20,000 small files', tree: small, budget: 1 / 1.5 },
  ]) {
    let digest = '';
    const { ours = NaN, reference = NaN } = await inTurn({
      ours: async () => {
        digest = (await tasks.run('digest', { path: tree, algorithm: 'sha256new' })).digest;
      },
      ...(hasReference && {
        reference: () => {
          const theirs = must('0install', ['digest', '--algorithm=sha256new', tree], { env }).trim();
          if (theirs !== digest) throw new Error(`${tree}: ${digest}, but the reference says ${theirs}`);
        },
      }),
    });
    rows.push({
      tree: name,
      ours: round(ours),
      '0install': round(reference),
      'ours / 0install': verdict(ours / reference, budget),
    });
  }
  console.table(rows);
} finally {
  await tasks.close();
  fs.rmSync(base, { recursive: true, force: true });
}

/** As many as fit well, eight at most. */
function makeLargeFiles(): { readonly large: string; readonly count: number } {
  const large = path.join(base, 'large');
  fs.mkdirSync(large);
  const { bavail, bsize } = fs.statfsSync(base);
  const count = Math.max(2, Math.min(8, Math.floor((bavail * bsize) / 2 ** 30)));
  const noise = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(16 * 2 ** 20));
  for (let index = 0; index < count; index++) {
    const descriptor = fs.openSync(path.join(large, `large${index}`), 'w');
    for (let part = 0; part < 16; part++) fs.writeSync(descriptor, noise);
    fs.closeSync(descriptor);
  }
  return { large, count };
}
