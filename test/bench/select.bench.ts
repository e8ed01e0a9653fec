// Time of `0desk select` against `0install select` on ten published feeds: whole processes, run in turn, ratios of medians.
// With the warm in-process time beside it, because the window never starts a process for selecting.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createSelectWorld } from '../../electron/adapters/feeds/select-world.ts';
import { createSolver } from '../../electron/adapters/solver/in-process.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { escapeName } from '../../electron/core/feed/names.ts';

const root = path.resolve(import.meta.dirname, '../..');
const corpus = path.join(root, '../shared/corpus/apps.0install.net');
const runs = Number(process.env['RUNS'] ?? 7);
const uris = [
  'https://apps.0install.net/kubernetes/kubectl.xml',
  'https://apps.0install.net/java/ant.xml',
  'https://apps.0install.net/javascript/electron.xml',
  'https://apps.0install.net/gui/vs-code.xml',
  'https://apps.0install.net/dotnet/sdk.xml',
  'https://apps.0install.net/golang/go.xml',
  'https://apps.0install.net/java/jdk.xml',
  'https://apps.0install.net/python/python.xml',
  'https://apps.0install.net/gui/vlc.xml',
  'https://apps.0install.net/0install/0install-win.xml',
];

if (!existsSync(corpus)) {
  console.log(`SKIPPED: the published feeds are not at ${corpus}`);
  process.exit(0);
}
const hasReference = spawnSync('0install', ['--version']).status === 0;
if (!hasReference) console.log('The reference program is not installed (apt-get install 0install-core): no ratios.');

const home = mkdtempSync(path.join(tmpdir(), 'zerodesk-bench-'));
try {
  const interfaces = path.join(home, '.cache/0install.net/interfaces');
  const config = path.join(home, '.config/0install.net/injector');
  for (const directory of [interfaces, config]) mkdirSync(directory, { recursive: true });
  writeFileSync(
    path.join(config, 'global'),
    '[global]\nfreshness = -1\nnetwork_use = full\nhelp_with_testing = False\n',
  );
  const known = new Set<string>();
  for (const name of readdirSync(corpus, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.xml')) continue;
    const text = readFileSync(path.join(corpus, name));
    const uri = /\suri\s*=\s*['"]([^'"]+)/.exec(text.toString('utf8'))?.[1];
    if (uri === undefined) continue;
    known.add(uri);
    writeFileSync(path.join(interfaces, escapeName(uri)), text);
  }
  const env: Record<string, string> = { HOME: home, PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const paths = createPaths(env, home);
  const world = createSelectWorld({ paths, host: createHost(env) });
  const solver = createSolver(world);

  console.log(`Node.js ${process.version}, ${runs} runs each, medians in ms; ratios are ours / reference`);
  const rows: Record<string, string | number>[] = [];
  for (const uri of uris.filter((each) => known.has(each))) {
    const ours: number[] = [];
    const reference: number[] = [];
    const warm: number[] = [];
    for (let run = 0; run <= runs; run += 1) {
      const own = time([path.join(root, 'bin/0desk'), 'select', '--xml', '--console', uri], env);
      const theirs = hasReference ? time(['0install', 'select', '--xml', '--console', uri], env) : NaN;
      const startMs = performance.now();
      await solver.select({
        requirements: {
          interface: uri,
          command: 'run',
          isSource: false,
          mayCompile: false,
          os: null,
          cpu: null,
          restrictions: {},
        },
        policy: { networkUse: 'full', helpWithTesting: false },
      });
      // The first run warms caches on both sides.
      if (run === 0) continue;
      ours.push(own);
      reference.push(theirs);
      warm.push(performance.now() - startMs);
    }
    const [own, theirs, inProcess] = [median(ours), median(reference), median(warm)];
    rows.push({
      feed: uri.replace('https://apps.0install.net/', ''),
      'process ms': round(own),
      'reference ms': round(theirs),
      ratio: round(own / theirs),
      'warm ms': round(inProcess),
      'warm ratio': round(inProcess / theirs),
    });
  }
  console.table(rows);
  if (hasReference) {
    console.log(`median ratio, whole process: ${round(median(rows.map((row) => Number(row['ratio']))))}`);
    console.log(`median ratio, warm in process: ${round(median(rows.map((row) => Number(row['warm ratio']))))}`);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}

function time([command = '', ...args]: readonly string[], env: Record<string, string>): number {
  const startMs = performance.now();
  const { status } = spawnSync(command, args, { env, stdio: 'ignore' });
  if (status === null) throw new Error(`${command} did not end by itself`);
  return performance.now() - startMs;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
