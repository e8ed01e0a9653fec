import { spawnSync } from 'node:child_process';

/** The middle one of some figures; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? NaN;
}

/** Three significant digits, for tables. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}

/**
 * Wall time of a whole process, milliseconds.
 *
 * @throws Error if it did not end by itself
 */
export function timeProcess([command = '', ...args]: readonly string[], env: NodeJS.ProcessEnv): number {
  const startMs = performance.now();
  const { status, error } = spawnSync(command, args, { env, stdio: 'ignore' });
  if (status === null) throw error ?? new Error(`${command} did not end by itself`);
  return performance.now() - startMs;
}

/** Wall time of an action, milliseconds. */
export async function timeAction(action: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await action();
  return performance.now() - startMs;
}

/** Whether the reference program can be compared with; says so if not. */
export function canCompare(): boolean {
  const isThere = spawnSync('0install', ['--version'], { stdio: 'ignore' }).status === 0;
  if (!isThere) console.log('The reference program is not installed (apt-get install 0install-core): no ratios.');
  return isThere;
}
