import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';

/** How often each way is measured; one more run before warms caches and is not counted. */
const runs = Number(process.env['RUNS'] ?? 5);

/** Ways to do one thing, by name; each does it once. */
type Ways = Readonly<Record<string, () => unknown>>;

/**
 * Milliseconds of each way: the shortest time, since whatever else the machine does can only add to it. The ways take turns,
 * so that a busy time hits all of them.
 */
export async function inTurn(ways: Ways): Promise<Readonly<Record<string, number>>> {
  const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  for (let run = 0; run <= runs; run++) {
    for (const [name, action] of Object.entries(ways)) {
      const startMs = performance.now();
      await action();
      if (run > 0) times.get(name)?.push(performance.now() - startMs);
    }
  }
  return Object.fromEntries([...times].map(([name, values]) => [name, Math.min(...values)]));
}

/** An empty directory in memory, if there is one: disks differ too much. */
export function benchDirectory(): string {
  let parent = '/dev/shm';
  try {
    accessSync(parent, constants.W_OK);
  } catch {
    parent = tmpdir();
  }
  return mkdtempSync(path.join(parent, 'zerodesk-bench-'));
}

/** Runs a program that must succeed. */
export function must(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; cwd?: string } = {},
) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { ...options, maxBuffer: 1e9, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr || String(error)}`);
  return stdout;
}

export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0;
}

export const machine = `Node.js ${process.version}, ${availableParallelism()} processors, ${runs} runs each, shortest times in ms`;

export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** A budget as it was kept or not, for a table. */
export function verdict(ratio: number, budget: number): string {
  return `${round(ratio)} (${ratio <= budget ? 'within' : 'OVER'} ${round(budget)})`;
}
