import { createHash, hash as hashAtOnce } from 'node:crypto';
import type { Algorithm, HashName } from '../../core/manifest/digest-name.ts';
import { hashOf, toDigestName } from '../../core/manifest/digest-name.ts';

/** The hash of bytes that are at hand, lower-case hex. */
export function hashHex(hash: HashName, data: Uint8Array | string): string {
  return hashAtOnce(hash, data, 'hex');
}

/** The directory name of a tree, from its manifest. */
export function digestOfManifest(algorithm: Algorithm, manifest: string | Uint8Array): string {
  return toDigestName(algorithm, createHash(hashOf(algorithm)).update(manifest).digest());
}
