// `0desk select` beside `0install select` on every published feed: whole processes, run in turn, ratios of medians; and what the
// window does instead, in a warm worker: selecting, and selecting again after a rating was changed. ONLY=text picks feeds, RUNS is how
// often, 0 for the warm worker alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createWorkerSolver } from '../../electron/adapters/solver/worker.ts';
import { escapeName } from '../../electron/core/feed/names.ts';
import type { SelectAnswer, SelectQuery } from '../../electron/core/select/model.ts';
import { toRequirements } from '../../electron/services/run-service.ts';
import { readCorpus } from '../helpers/corpus.ts';
import { canCompare, median, round, timeAction, timeProcess } from '../helpers/measure.ts';

const root = path.resolve(import.meta.dirname, '../..');
const runs = Number(process.env['RUNS'] ?? 3);
const corpus = readCorpus();
if (corpus === null) process.exit(0);
const hasReference = runs > 0 && canCompare();

const home = mkdtempSync(path.join(tmpdir(), 'zerodesk-bench-'));
const env: Record<string, string> = { HOME: home, PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
const solver = createWorkerSolver({
  workerUrl: new URL('../../out/cli/workers/solve.js', import.meta.url),
  paths: createPaths(env, home),
  host: createHost(env),
});
const maxFrameMs = 16;
/** These take so little time that a short pause of the machine would stand in a median of few. */
const warmRuns = 9;

try {
  const interfaces = path.join(home, '.cache/0install.net/interfaces');
  const config = path.join(home, '.config/0install.net/injector');
  for (const directory of [interfaces, config]) mkdirSync(directory, { recursive: true });
  writeFileSync(
    path.join(config, 'global'),
    '[global]\nfreshness = -1\nnetwork_use = full\nhelp_with_testing = False\n',
  );
  for (const { uri, bytes } of corpus) writeFileSync(path.join(interfaces, escapeName(uri)), bytes);

  const wanted = corpus.map(({ uri }) => uri).filter((uri) => uri.includes(process.env['ONLY'] ?? ''));
  console.log(
    `Node.js ${process.version}, ${wanted.length} feeds, ${runs} runs each in turn; ratios are ours / reference`,
  );
  // Compiling the code takes longer than selecting.
  for (const uri of wanted) await solver.select(queryOf(uri));
  const rows = [];
  for (const uri of wanted) rows.push(await measure(uri));

  const ratios = rows.map(({ own, theirs }) => own / theirs);
  const worst = [...rows].sort((a, b) => b.own / b.theirs - a.own / a.theirs).slice(0, 5);
  const large = rows.filter(({ rated }) => rated !== null).sort((a, b) => (b.rated ?? 0) - (a.rated ?? 0));
  if (hasReference) {
    console.table(
      worst.map((row) => ({
        feed: row.uri,
        'process ms': round(row.own),
        'reference ms': round(row.theirs),
        ratio: round(row.own / row.theirs),
      })),
    );
    console.log(`whole process: median ratio ${round(median(ratios))} (budget 2), worst ${round(Math.max(...ratios))}`);
    console.log(`warm worker: median ratio ${round(median(rows.map(({ warm, theirs }) => warm / theirs)))}`);
  }
  const rated = large.map((row) => row.rated ?? 0);
  console.log(
    `again after a rating: median ${round(median(rated))} ms, worst ${round(Math.max(...rated))} ms (${large[0]?.uri ?? ''}; ` +
      `budget ${maxFrameMs}), over it ${rated.filter((ms) => ms > maxFrameMs).length} of ${rated.length}`,
  );
} finally {
  await solver.close();
  rmSync(home, { recursive: true, force: true });
}

async function measure(uri: string) {
  const own: number[] = [];
  const theirs: number[] = [];
  const warm: number[] = [];
  const rated: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    own.push(timeProcess([path.join(root, 'bin/0desk'), 'select', '--xml', '--console', uri], env));
    if (hasReference) theirs.push(timeProcess(['0install', 'select', '--xml', '--console', uri], env));
  }
  const query = queryOf(uri);
  const answer = await solver.select(query);
  const again = withRating(query, answer);
  for (let run = 0; run < Math.max(warmRuns, runs); run += 1) {
    warm.push(await timeAction(() => solver.select(query)));
    if (again !== null) rated.push(await timeAction(() => solver.select(again)));
  }
  return {
    uri,
    own: median(own),
    theirs: median(theirs),
    warm: median(warm),
    rated: again === null ? null : median(rated),
  };
}

function queryOf(uri: string): SelectQuery {
  return {
    requirements: toRequirements({ interface: uri }),
    policy: { networkUse: 'full', helpWithTesting: false },
  };
}

/** What the window asks when the version that was chosen is called buggy; null if none was. */
function withRating(query: SelectQuery, { tree }: SelectAnswer): SelectQuery | null {
  const chosen = tree[0]?.implementation;
  if (chosen === null || chosen === undefined) return null;
  return { ...query, overrides: { ratings: { [chosen.fromFeed]: { [chosen.id]: 'buggy' } } } };
}
