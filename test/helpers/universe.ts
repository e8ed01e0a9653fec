import { existsSync, readdirSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const generator = path.resolve(import.meta.dirname, '../../../shared/check/universes');

/** A made-up world of local feeds. */
export interface Universe {
  readonly directory: string;
  /** The feed of the program. */
  readonly root: string;
  readonly os: string | null;
  readonly implementations: number;
}

interface Generator {
  readonly generate: (
    family: string,
    seed: number,
    knobs: Readonly<Record<string, unknown>>,
  ) => { readonly os: string | null };
  readonly writeUniverse: (
    universe: unknown,
    directory: string,
    info: object,
    options: object,
  ) => { readonly root: string; readonly impls: number };
}

/** Whether the generator of universes is there; it is no part of the project. Says so if not. */
export function hasUniverses(): boolean {
  if (existsSync(generator)) return true;
  console.log(`SKIPPED: the generator of universes is not at ${generator}`);
  return false;
}

/** Writes a universe into a new directory. */
export async function writeUniverse(
  directory: string,
  family: string,
  { seed = 1, ...knobs }: Readonly<Record<string, number | boolean>>,
): Promise<Universe> {
  const load = async (name: string): Promise<Generator> =>
    (await import(pathToFileURL(path.join(generator, name)).href)) as Generator;
  const { generate } = await load('families.mjs');
  const { writeUniverse: write } = await load('write.mjs');
  const universe = generate(family, Number(seed), knobs);
  const { root, impls } = write(universe, directory, { family, seed, knobs }, {});
  return { directory, root, os: universe.os, implementations: impls };
}

/** Makes every feed look changed, so that it is parsed again. */
export function touchFeeds({ directory }: Universe): void {
  const now = new Date();
  for (const name of readdirSync(directory))
    if (name.endsWith('.xml')) utimesSync(path.join(directory, name), now, now);
}
