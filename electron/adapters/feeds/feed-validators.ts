import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../core/sha256.ts';
import type { Validators } from '../../core/ports/http.ts';
import { readFirstFile, writeFileAtomically } from '../files.ts';
import { validators as wellFormed } from '../http/validators.ts';

/**
 * What servers said of the feeds they gave, each with the SHA-256 of the feed: what is said of another file, because
 * somebody else has changed it since, does not count.
 *
 * @see trust-and-download.md 6
 */
export function createFeedValidators(directory: string): {
  /** Of exactly these bytes; `null` if nothing is known of them. */
  read(url: string, bytes: Uint8Array): Promise<Validators | null>;
  write(url: string, bytes: Uint8Array, validators: Validators | null): Promise<void>;
} {
  const pathOf = (url: string): string => join(directory, `${sha256Hex(url)}.json`);
  return {
    async read(url, bytes) {
      const file = await readFirstFile([pathOf(url)]);
      if (file === null) return null;
      try {
        const value: unknown = JSON.parse(new TextDecoder().decode(file.bytes));
        if (typeof value !== 'object' || value === null) return null;
        const known = value as Record<string, unknown>;
        return known['sha256'] === sha256(bytes) ? wellFormed(known['etag'], known['lastModified']) : null;
      } catch (error) {
        if (error instanceof SyntaxError) return null;
        throw error;
      }
    },
    async write(url, bytes, validators) {
      if (validators === null) await rm(pathOf(url), { force: true });
      else await writeFileAtomically(pathOf(url), JSON.stringify({ ...validators, sha256: sha256(bytes) }), 0o600);
    },
  };
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
