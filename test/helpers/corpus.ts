import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Feeds published by others; they are no part of the project. */
export const corpusPath = path.resolve(import.meta.dirname, '../../../shared/corpus/apps.0install.net');

/** A published feed. */
export interface CorpusFeed {
  readonly uri: string;
  readonly bytes: Uint8Array;
}

/** All published feeds; null, said loudly, where they are missing. */
export function readCorpus(): readonly CorpusFeed[] | null {
  if (!existsSync(corpusPath)) {
    console.warn(`SKIPPED: the published feeds are not at ${corpusPath}`);
    return null;
  }
  const names = readdirSync(corpusPath, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'));
  return names.sort().flatMap((name) => {
    const bytes = readFileSync(path.join(corpusPath, name));
    const uri = /\suri\s*=\s*['"]([^'"]+)/.exec(bytes.toString('utf8'))?.[1];
    return uri === undefined ? [] : [{ uri, bytes }];
  });
}
