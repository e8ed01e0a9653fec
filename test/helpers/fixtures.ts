import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Absolute path of something under `test/fixtures`. */
export function fixturePath(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

/** A JSON table of `test/fixtures/conformance/vectors`. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(fixturePath(`conformance/vectors/${name}.json`), 'utf8'));
}
