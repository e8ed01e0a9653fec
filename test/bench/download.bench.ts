// Downloading, unpacking, hashing and storing 1 GB of files over the loopback interface, beside `curl | tar -x`, which hashes
// nothing and whose result nobody has checked. In memory, so that the disk does not count. Says too for how long the main
// process was ever busy meanwhile, when a window would not have answered, in the best of the runs: beside it stands how
// long a process had to wait that does nothing at all. `--only=NAME` measures one archive.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { guessMimeType } from '../../electron/core/feed/mime-types.ts';
import { archiveMethod, fetchItem, openFetchWorld } from '../helpers/fetch-world.ts';
import { openTestStore } from '../helpers/store-bench.ts';
import { removeTree } from '../helpers/tree.ts';
import { benchDirectory, inTurn, machine, must, round, verdict } from './beside-reference.ts';
import { makeSmallFiles, makeTextFiles } from './files.ts';

/** Ours / curl and tar (that is 0.8 of their speed), and the longest the main process may be busy, milliseconds. */
const budgets = { ratio: 1 / 0.8, busyMs: 50 };
const worker = new URL('../../out/cli/workers/store.js', import.meta.url);
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);

/** A process that does nothing, and says how long it had to wait for the processor meanwhile, milliseconds. */
function startControl(): () => Promise<number> {
  const script = `const busy = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 });
    busy.enable();
    process.stdin.on('end', () => console.log(busy.max / 1e6)).resume();`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const output = new Promise<number>((resolve) => {
    child.stdout.once('data', (data: Buffer) => {
      resolve(Number(data.toString()));
    });
  });
  return () => {
    child.stdin.end();
    return output;
  };
}

const base = benchDirectory();
const site = path.join(base, 'site');
fs.mkdirSync(site);
const serverScript = fileURLToPath(new URL('../helpers/file-server.mjs', import.meta.url));
const server = spawn(process.execPath, [serverScript, site], { stdio: ['pipe', 'pipe', 'inherit'] });
try {
  const port = await new Promise<string>((resolve) =>
    server.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
  );
  makeTextFiles(path.join(base, 'tree'), 4, 240);
  makeSmallFiles(path.join(base, 'tree'), 10_000);
  const names = ['large.tar', 'large.tar.gz'].filter((name) => only === undefined || name === only);
  for (const name of names) {
    const compress = name.endsWith('.gz') ? ['--use-compress-program=gzip -1'] : [];
    must('tar', ['-cf', path.join(site, name), ...compress, 'tree'], { cwd: base });
  }

  console.log(machine);
  const rows: Record<string, string | number>[] = [];
  for (const name of names) {
    const file = path.join(site, name);
    const url = `http://127.0.0.1:${port}/${name}`;
    const { stores } = openTestStore(path.join(base, 'other'), { worker });
    const { digest } = await stores.digestArchive({
      file,
      mimeType: guessMimeType(name) ?? '',
      extract: null,
      algorithm: 'sha256new',
    });
    await stores.close();
    const home = path.join(base, 'home');
    const place = path.join(base, 'place');
    const busy = monitorEventLoopDelay({ resolution: 1 });
    const longest: number[] = [];
    const idle: number[] = [];
    const item = fetchItem(digest, archiveMethod(url, fs.statSync(file).size));
    fs.mkdirSync(home);
    const world = openFetchWorld(home, { stores: { worker } });
    const { ours = NaN, theirs = NaN } = await inTurn({
      ours: async () => {
        const control = startControl();
        busy.reset();
        busy.enable();
        await world.fetcher.fetch([item], { signal: new AbortController().signal, isOffline: false });
        busy.disable();
        longest.push(busy.max / 1e6);
        idle.push(await control());
      },
      empty: () => {
        if (!world.stored().includes(digest)) throw new Error('nothing was stored');
        removeTree(path.join(home, 'cache'));
        fs.mkdirSync(place);
      },
      theirs: () =>
        must('sh', ['-c', `curl --silent --fail '${url}' | tar ${name.endsWith('.gz') ? '-xz' : '-x'}`], {
          cwd: place,
        }),
      again: () => fs.rmSync(place, { recursive: true, force: true }),
    });
    await world.close();
    removeTree(home);
    rows.push({
      archive: name,
      MB: round(fs.statSync(file).size / 1e6),
      ours: round(ours),
      'curl and tar': round(theirs),
      'ours / theirs': verdict(ours / theirs, budgets.ratio),
      // The first run loads modules, which a program does when it starts.
      'longest busy': verdict(Math.min(...longest.slice(1)), budgets.busyMs),
      'of an idle process': round(Math.min(...idle.slice(1))),
    });
  }
  console.table(rows);
} finally {
  server.stdin.end();
  fs.rmSync(base, { recursive: true, force: true });
}
