// Unpacking and hashing in one pass, beside `0install digest ARCHIVE` (which does the same in two) and GNU tar, which hashes
// nothing. In the worker of the program, as it is when it runs for a while; in memory, so that the disk does not count.
// `--only=NAME` measures one archive.
import * as fs from 'node:fs';
import path from 'node:path';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import { createWorkerRunner } from '../../electron/adapters/store/worker-runner.ts';
import { benchDirectory, hasProgram, inTurn, machine, must, round, verdict } from './beside-reference.ts';
import { makeSmallFiles, makeTextFiles } from './files.ts';

/** Ours / reference, ours / GNU tar. */
const budgets = { reference: 1 / 1.8, tar: 1.3 };
const hasReference = hasProgram('0install');
if (!hasReference) console.log('0install is not installed (apt-get install 0install-core): no ratios to it.');

const base = benchDirectory();
const tasks = createWorkerRunner(new URL('../../out/cli/workers/store.js', import.meta.url));
try {
  const [small, text] = [path.join(base, 'small'), path.join(base, 'text')];
  makeSmallFiles(small, 20_000);
  makeTextFiles(text, 4, 64);
  const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
  const archives = [
    ...['small.tar.gz', 'text.tar.gz', 'small.tar.xz', 'small.tar.zst', 'small.tar.bz2', 'small.zip'],
  ].filter((name) => only === undefined || name === only);
  for (const name of archives) pack(name);
  const env = { PATH: process.env['PATH'], HOME: base, XDG_CACHE_HOME: path.join(base, 'cache') };

  console.log(machine);
  const rows: Record<string, string | number>[] = [];
  for (const name of archives) {
    const file = path.join(base, name);
    const place = path.join(base, 'place');
    const request = {
      place,
      file,
      mimeType: guessMimeType(name) ?? '',
      extract: null,
      algorithm: 'sha256new',
    } as const;
    const emptyPlace = (): void => {
      fs.rmSync(place, { recursive: true, force: true });
      fs.mkdirSync(place);
    };
    const knowsIt = hasReference && !name.endsWith('.zst');
    let digest = '';
    const ways = {
      ours: async () => {
        digest = (await tasks.run('digestArchive', request)).digest;
      },
      // The reference deletes what it unpacked, so ours is compared with deleting.
      deleting: () => tasks.run('delete', { path: place }),
      place: emptyPlace,
      system: () =>
        name.endsWith('.zip') ? must('unzip', ['-q', file, '-d', place]) : must('tar', ['-xf', file, '-C', place]),
      again: emptyPlace,
      ...(knowsIt && {
        reference: () => {
          const theirs = must('0install', ['digest', '--algorithm=sha256new', file], { env }).trim();
          if (theirs !== digest) throw new Error(`${name}: ${digest}, but the reference says ${theirs}`);
        },
      }),
    };
    emptyPlace();
    const times = await inTurn(ways);
    const { ours = NaN, deleting = NaN, system = NaN, reference = NaN } = times;
    const isGzip = name.endsWith('.gz');
    rows.push({
      archive: name,
      MB: round(fs.statSync(file).size / 1e6),
      ours: round(ours),
      '+ deleting': round(ours + deleting),
      '0install': round(reference),
      'tar or unzip': round(system),
      'ours / 0install': isGzip
        ? verdict((ours + deleting) / reference, budgets.reference)
        : round((ours + deleting) / reference),
      'ours / tar': isGzip ? verdict(ours / system, budgets.tar) : round(ours / system),
    });
  }
  console.table(rows);
} finally {
  await tasks.close();
  fs.rmSync(base, { recursive: true, force: true });
}

function pack(name: string): void {
  const tree = name.slice(0, name.indexOf('.'));
  if (name.endsWith('.zip')) must('zip', ['-qry', path.join(base, name), tree], { cwd: base });
  else must('tar', ['-caf', name, tree], { cwd: base });
}
