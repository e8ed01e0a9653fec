import { createHash } from 'node:crypto';
import { readKeyFile, type PublicKey } from '../../core/trust/key-file.ts';

const hash =
  (name: string) =>
  (bytes: Uint8Array): Uint8Array =>
    new Uint8Array(createHash(name).update(bytes).digest());

const hashes = { sha1: hash('sha1'), sha256: hash('sha256') };

/** Cuts a key file into its public keys, as `readKeyFile` does, with Node's hash functions. */
export function readKeys(file: Uint8Array): readonly PublicKey[] | null {
  return readKeyFile(file, hashes);
}
