// Selecting in a warm worker, as the window does it, beside `0install select`: each row runs both in turn, on a world of local
// feeds that the worker parses anew every time. ROWS=easy,real runs some rows only; RUNS is how often.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHost } from '../../electron/adapters/feeds/host.ts';
import { createPaths } from '../../electron/adapters/paths.ts';
import { createWorkerSolver } from '../../electron/adapters/solver/worker.ts';
import type { SelectQuery } from '../../electron/core/select/model.ts';
import { canCompare, median, round, timeAction, timeProcess } from '../helpers/measure.ts';
import { hasUniverses, touchFeeds, type Universe, writeUniverse } from '../helpers/universe.ts';

type Knobs = Readonly<Record<string, number | boolean>>;
interface Row {
  readonly name: string;
  readonly family: string;
  readonly knobs: Knobs;
  /** Ours / reference. */
  readonly budget: number | null;
}

const size = (ifaces: number, versions: number): Knobs => ({ ifaces, versions });
const rows: readonly Row[] = [
  { name: 'easy 10x10', family: 'easy', knobs: size(10, 10), budget: null },
  { name: 'easy 30x20', family: 'easy', knobs: size(30, 20), budget: null },
  { name: 'easy 100x20', family: 'easy', knobs: size(100, 20), budget: null },
  { name: 'easy 100x100', family: 'easy', knobs: size(100, 100), budget: 1 / 10 },
  { name: 'easy 300x50', family: 'easy', knobs: size(300, 50), budget: 1 / 12 },
  { name: 'easy 1000x100', family: 'easy', knobs: size(1000, 100), budget: 1 / 15 },
  { name: 'real 200x30 (1)', family: 'real', knobs: { ...size(200, 30), seed: 1 }, budget: 1 / 20 },
  { name: 'real 200x30 (2)', family: 'real', knobs: { ...size(200, 30), seed: 2 }, budget: 1 / 20 },
  { name: 'real 200x30 (3)', family: 'real', knobs: { ...size(200, 30), seed: 3 }, budget: 1 / 20 },
  {
    name: 'no solution 60x10 (3)',
    family: 'unplanted',
    knobs: { ...size(60, 10), tight: 0.6, seed: 3 },
    budget: 1 / 50,
  },
  {
    name: 'no solution 60x10 (4)',
    family: 'unplanted',
    knobs: { ...size(60, 10), tight: 0.6, seed: 4 },
    budget: 1 / 50,
  },
  {
    name: 'no solution 60x10 (5)',
    family: 'unplanted',
    knobs: { ...size(60, 10), tight: 0.6, seed: 5 },
    budget: 1 / 50,
  },
  { name: 'hard: random 100x10', family: 'random', knobs: { ...size(100, 10), tight: 0.6 }, budget: 2 },
  { name: 'hard: random 100x20', family: 'random', knobs: { ...size(100, 20), tight: 0.7 }, budget: 2 },
  { name: 'hard: colouring 100x4', family: 'coloring', knobs: { ...size(100, 4), deps: 4.4, seed: 3 }, budget: 2 },
  { name: 'hard: pigeons 9 in 8', family: 'pigeon', knobs: size(9, 8), budget: 2 },
  { name: 'hard: pigeons 10 in 9', family: 'pigeon', knobs: size(10, 9), budget: 2 },
  { name: 'hard: ladder 60x30', family: 'ladder', knobs: size(60, 30), budget: 2 },
  { name: 'hard: ladder 200x50', family: 'ladder', knobs: size(200, 50), budget: 2 },
];

/** Longer ones are run once only. */
const longMs = 10_000;
/** How often ours is timed in one turn; the reference takes as long as a dozen of them or more. */
const oursInTurn = 5;

if (!hasUniverses()) process.exit(0);
const hasReference = canCompare();
const wanted = process.env['ROWS']?.split(',');
const runs = Number(process.env['RUNS'] ?? 5);
const base = mkdtempSync(path.join(tmpdir(), 'zerodesk-bench-'));
const env = { HOME: base, PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
const paths = createPaths(env, base);
const solver = createWorkerSolver({
  workerUrl: new URL('../../out/cli/workers/solve.js', import.meta.url),
  paths,
  host: createHost(env),
});

try {
  await warmUp();
  console.log(
    `Node.js ${process.version}, up to ${runs} turns of ${oursInTurn} runs of ours and one of the reference, medians in ms`,
  );
  const table: Record<string, unknown>[] = [];
  for (const row of rows.filter(({ name }) => wanted?.some((part) => name.includes(part)) ?? true)) {
    table.push(await measure(row));
  }
  console.table(table);
  if (wanted === undefined || wanted.includes('growth')) console.table(await measureGrowth());
} finally {
  await solver.close();
  rmSync(base, { recursive: true, force: true });
}

/** Compiling the code takes longer than solving, and the window's worker has done that long ago. */
async function warmUp(): Promise<void> {
  const worlds: readonly (readonly [family: string, knobs: Knobs])[] = [
    ['easy', size(100, 30)],
    ['real', size(100, 30)],
    // Searching and finding nothing is other code.
    ['unplanted', { ...size(60, 10), tight: 0.6 }],
  ];
  for (const [family, knobs] of worlds) {
    const universe = await writeUniverse(path.join(base, `warm-${family}`), family, knobs);
    for (let run = 0; run < 60; run++) await timeOurs(universe);
  }
}

async function measure({ name, family, knobs, budget }: Row): Promise<Record<string, unknown>> {
  const universe = await writeUniverse(path.join(base, name.replaceAll(/\W/g, '-')), family, knobs);
  const ours: number[] = [];
  const reference: number[] = [];
  for (let run = 0; run < runs; run++) {
    // While the reference ran, the system took this process's memory off the processor: the first one is not of a warm worker.
    await timeOurs(universe);
    for (let own = 0; own < oursInTurn; own++) ours.push(await timeOurs(universe));
    if (!hasReference) continue;
    reference.push(timeProcess(referenceCommand(universe), env));
    if (median(reference) > longMs) break;
  }
  rmSync(universe.directory, { recursive: true });
  const ratio = median(ours) / median(reference);
  return {
    world: name,
    implementations: universe.implementations,
    'ours ms': round(median(ours)),
    'reference ms': round(median(reference)),
    ratio: round(ratio),
    budget: budget === null ? '' : round(budget),
    '': budget === null || !hasReference ? '' : ratio <= budget ? 'ok' : 'OVER',
  };
}

/** How time grows with size, in the worker; and the memory of one `0desk select`. */
async function measureGrowth(): Promise<readonly Record<string, unknown>[]> {
  const table: Record<string, unknown>[] = [];
  let last: { readonly count: number; readonly ms: number } | null = null;
  for (const [ifaces, versions] of [
    [10, 50],
    [30, 50],
    [100, 50],
    [300, 50],
    [1000, 50],
    [1000, 100],
    [2000, 50],
    [2000, 200],
  ] as const) {
    const universe = await writeUniverse(
      path.join(base, `growth-${ifaces}x${versions}`),
      'easy',
      size(ifaces, versions),
    );
    await timeOurs(universe);
    const times = [await timeOurs(universe), await timeOurs(universe), await timeOurs(universe)];
    const memory = peakMb(universe);
    rmSync(universe.directory, { recursive: true });
    const now = { count: universe.implementations, ms: median(times) };
    const exponent: number = last === null ? NaN : Math.log(now.ms / last.ms) / Math.log(now.count / last.count);
    table.push({
      world: `easy ${ifaces}x${versions}`,
      implementations: now.count,
      'ours ms': round(now.ms),
      'µs each': round((now.ms * 1000) / now.count),
      exponent: last === null || now.count === last.count ? '' : round(exponent),
      'memory MB': memory,
    });
    last = now;
  }
  return table;
}

function peakMb(universe: Universe): number {
  const program = ['--require', './test/helpers/print-peak.cjs', 'out/cli/0desk.js', 'select', '--offline', '--xml'];
  const { stderr } = spawnSync(process.execPath, [...program, universe.root], { env, encoding: 'utf8' });
  return Math.round(Number(/^peak (\d+)$/m.exec(stderr)?.[1] ?? NaN) / 1000);
}

async function timeOurs(universe: Universe): Promise<number> {
  touchFeeds(universe);
  const query: SelectQuery = {
    requirements: {
      interface: universe.root,
      command: 'run',
      isSource: false,
      mayCompile: false,
      os: universe.os,
      cpu: null,
      restrictions: {},
    },
    policy: { networkUse: 'off-line', helpWithTesting: false },
  };
  return timeAction(() => solver.select(query));
}

function referenceCommand({ root, os }: Universe): readonly string[] {
  return ['0install', 'select', '--offline', '--xml', ...(os === null ? [] : [`--os=${os}`]), root];
}
