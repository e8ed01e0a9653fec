import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { secondEngine } from '../../../electron/core/solver/second-engine.ts';
import { elementsEqual } from '../../../electron/core/xml/format.ts';
import { parseXml } from '../../../electron/core/xml/parse.ts';
import { ourAnswer, referenceAnswer, type WorldAnswer } from './answers.ts';
import { createRandomWorld, type RandomWorld } from './world.ts';

/** Who answers beside our selector. */
export type Other = 'reference' | 'second-engine';

/** What came of comparing many worlds. */
export interface Comparison {
  readonly counts: Readonly<Record<WorldAnswer['kind'], number>>;
  /** Texts that say all that is needed to look into it. */
  readonly differences: readonly string[];
}

/** The reference is a process; two at once keep two processors busy. */
const lanes = 2;
const mostDifferences = 20;

/**
 * Makes the worlds of some seeds, and compares our answers with others.
 *
 * @param directory a place for one world after the other
 */
export async function compareWorlds(seeds: readonly number[], directory: string, other: Other): Promise<Comparison> {
  const counts = { solved: 0, 'no-solution': 0, failed: 0, crashed: 0 };
  const differences: string[] = [];
  const left = [...seeds];
  const work = async (): Promise<void> => {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const place = path.join(directory, String(seed));
      mkdirSync(place);
      const world = createRandomWorld(seed, place);
      const [ours, theirs] = await Promise.all([ourAnswer(world), answerOf(other, world)]);
      counts[ours.kind]++;
      if (!isSame(ours, theirs)) differences.push(tellDifference(seed, ours, theirs, other));
      rmSync(place, { recursive: true });
      if (differences.length >= mostDifferences) return;
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return { counts, differences };
}

function answerOf(other: Other, world: RandomWorld): Promise<WorldAnswer> {
  return other === 'reference' ? referenceAnswer(world) : ourAnswer(world, secondEngine);
}

function isSame(ours: WorldAnswer, theirs: WorldAnswer): boolean {
  if (ours.kind !== theirs.kind) return false;
  if (ours.kind === 'no-solution') return comparable(ours.text) === comparable(theirs.text);
  if (ours.kind !== 'solved') return true;
  return elementsEqual(parseXml(ours.text, { source: 'ours' }), parseXml(theirs.text, { source: 'theirs' }));
}

/**
 * A report without what programs have their own ideas about: positions, what is wrong with XML, and what ours adds where
 * the reference knows no reason.
 */
function comparable(report: string): string {
  return report
    .replaceAll(/\[\d+:\d+\] .*(?=\n\.\.\. parsing XML)/g, 'BAD XML')
    .replaceAll(/:\d+:\d+/g, ':POS')
    .replaceAll(/(Reason for rejection unknown: ).*/g, '$1');
}

/** Makes the world once more, in a place where it stays. */
function tellDifference(seed: number, ours: WorldAnswer, theirs: WorldAnswer, other: Other): string {
  const place = path.join(realpathSync(tmpdir()), `zerodesk-world-${seed}`);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place);
  const { root, args, env } = createRandomWorld(seed, place);
  const { PATH: _, ...shown } = env;
  const words = ['env', ...Object.entries(shown).map(([key, value]) => `${key}=${value}`)];
  words.push('0install', 'select', '--xml', '--console', ...args, root);
  return [
    `World ${seed} (kept in ${place}; again with WORLD_SEED=${seed}):`,
    words.map((word) => `'${word}'`).join(' '),
    `ours: ${ours.kind}\n${ours.text}`,
    `${other}: ${theirs.kind}\n${theirs.text}`,
  ].join('\n');
}
