import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of something under `test/fixtures`. */
export function fixturePath(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

/** A JSON table of `test/fixtures/conformance/vectors`. Prints how many rows it has, all of which its tests must use. */
export function readVectors(name: string): unknown {
  const table: unknown = JSON.parse(readFileSync(fixturePath(`conformance/vectors/${name}.json`), 'utf8'));
  const lists = Object.entries(table as object).filter(([, rows]) => Array.isArray(rows));
  console.log(`vectors ${name}: ${lists.map(([title, rows]) => `${(rows as unknown[]).length} ${title}`).join(', ')}`);
  return table;
}
