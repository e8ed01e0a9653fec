import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawFeed } from './feeds.ts';
import { baseOf, planWorld } from './plan.ts';
import { createRandom } from './random.ts';
import { drawRequest, type WorldRequest } from './request.ts';
import { drawSettings, placeOfFeed } from './settings.ts';
import { drawTraits } from './traits.ts';

/** A universe of feeds with settings and a store, on disk, and what is asked for in it. */
export interface RandomWorld extends WorldRequest {
  readonly seed: number;
  readonly directory: string;
  /** Everything both programs see of the environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Makes the world of a seed in an empty directory. The same seed in the same directory gives the same files.
 *
 * @param directory absolute, without links
 */
export function createRandomWorld(seed: number, directory: string): RandomWorld {
  const random = createRandom(seed);
  const plan = planWorld(random, drawTraits(random), directory);
  const stored = new Set<string>();
  for (const role of plan.roles) {
    for (const feed of [role.main, ...role.others]) {
      const text = drawFeed(plan, role, feed, stored);
      if (!feed.isMissing) write(placeOfFeed(directory, feed.name), text);
    }
  }
  for (const [file, content] of drawSettings(plan)) {
    if ('text' in content) write(file, content.text);
    else {
      mkdirSync(path.dirname(file), { recursive: true });
      symlinkSync(content.link, file);
    }
  }
  const base = baseOf(directory);
  for (const name of stored) mkdirSync(path.join(base, 'cache/implementations', name), { recursive: true });
  const request = drawRequest(plan);
  const home = path.join(directory, 'home');
  mkdirSync(home, { recursive: true });
  return {
    ...request,
    seed,
    directory,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: home, ZEROINSTALL_PORTABLE_BASE: base, ...request.env },
  };
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
