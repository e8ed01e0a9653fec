import { expect } from 'vitest';
import { fastTempDir } from '../temp-dir.ts';
import { compareWorlds, type Other } from './compare.ts';

/** Says how it went, and fails with everything that is needed to look into the differences. `WORLD_SEED=7` or `=7-99` chooses seeds. */
export async function checkWorlds(count: number, other: Other): Promise<void> {
  const seeds = seedsFrom(process.env['WORLD_SEED']) ?? Array.from({ length: count }, (_, index) => index + 1);
  const { counts, differences } = await compareWorlds(seeds, fastTempDir(), other);
  const kinds = Object.entries(counts).map(([kind, number]) => `${number} ${kind}`);
  console.info(`${seeds.length} random worlds with ${other}: ${kinds.join(', ')}; ${differences.length} differ`);
  expect(differences.join('\n\n')).toBe('');
}

function seedsFrom(text: string | undefined): readonly number[] | null {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text ?? '');
  if (match === null) return null;
  const first = Number(match[1]);
  return Array.from({ length: Number(match[2] ?? first) - first + 1 }, (_, index) => first + index);
}
