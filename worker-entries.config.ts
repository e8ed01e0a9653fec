import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * `workers/NAME` for each file in electron/workers: a worker is a file of its own, in `workers/` beside the program that
 * starts it.
 */
export function workerEntries(root: string): Record<string, string> {
  const folder = path.join(root, 'electron/workers');
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
  return Object.fromEntries(names.map((name) => [`workers/${path.parse(name).name}`, path.join(folder, name)]));
}
