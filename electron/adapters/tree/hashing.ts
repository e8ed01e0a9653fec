import * as crypto from 'node:crypto';
import type { Algorithm, HashName } from '../../core/manifest/digest-name.ts';
import { hashOf, toDigestName } from '../../core/manifest/digest-name.ts';

// One call instead of three for small files; newer than some of the runtimes we support.
const oneShot = (crypto as { readonly hash?: typeof crypto.hash }).hash;

/** The hash of bytes that are at hand, lower-case hex. */
export const hashHex: (hash: HashName, data: Uint8Array | string) => string =
  typeof oneShot === 'function'
    ? (hash, data) => oneShot(hash, data, 'hex')
    : (hash, data) => crypto.createHash(hash).update(data).digest('hex');

/** The directory name of a tree, from its manifest. */
export function digestOfManifest(algorithm: Algorithm, manifest: string | Uint8Array): string {
  return toDigestName(algorithm, crypto.createHash(hashOf(algorithm)).update(manifest).digest());
}
