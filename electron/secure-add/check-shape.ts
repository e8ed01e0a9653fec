import { Refusal } from './refusal.ts';
import type { Limits } from './world.ts';

const newline = 0x0a;
const slash = 0x2f;
/** Besides the name: kind, hash, time and size. */
const factsBytes = 120;

/**
 * Bounds what reading a manifest can cost, before it is read: one pass over the bytes, no memory.
 *
 * @throws Refusal `format`
 */
export function checkShape(manifest: Uint8Array, limits: Limits): void {
  let lines = 0;
  for (let start = 0; start < manifest.length;) {
    const found = manifest.indexOf(newline, start);
    const end = found < 0 ? manifest.length : found;
    if (++lines > limits.entries) throw new Refusal('format', 'the manifest has too many lines');
    // `D /path`: its slashes are its depth.
    const isDirectory = manifest[start] === 0x44;
    if (end - start > limits.pathBytes + factsBytes) throw new Refusal('format', 'the manifest has too long a line');
    if (isDirectory) checkDepth(manifest.subarray(start + 2, end), limits);
    start = end + 1;
  }
}

function checkDepth(path: Uint8Array, limits: Limits): void {
  let depth = 0;
  for (const byte of path) if (byte === slash) depth++;
  if (depth > limits.depth) throw new Refusal('format', 'the manifest has directories too deep inside each other');
}
