import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyStorePort } from '../../core/ports/signature.ts';
import { maxKeyBytes, type PublicKey } from '../../core/trust/key-file.ts';
import { mergeKeys } from '../../core/trust/merge-keys.ts';
import { keyIdOf } from '../../core/trust/packets.ts';
import { errorCode, toFileError } from '../file-error.ts';
import { createQueues, writeFileAtomically } from '../files.ts';
import { readKeys } from './fingerprints.ts';
import type { UserKeyring } from './user-keyring.ts';

/** Files looked at in the directory, so that a flood of keys does not stop us. */
const maxFiles = 10_000;

interface CachedFile {
  readonly version: string;
  readonly keys: readonly PublicKey[];
}

/**
 * Keeps public keys in a directory, one file per primary key: `FINGERPRINT.gpg`.
 *
 * @param directory made on demand, mode 0700
 */
export function createKeyStore(directory: string, keyring: UserKeyring): KeyStorePort {
  const cache = new Map<string, CachedFile>();
  const inTurn = createQueues();

  async function readFileOnce(name: string): Promise<readonly PublicKey[]> {
    const path = join(directory, name);
    const { mtimeMs, size } = await stat(path);
    const version = `${mtimeMs} ${size}`;
    const cached = cache.get(name);
    if (cached?.version === version) return cached.keys;
    // The name says which key it is; what else is in a file that somebody put there does not count.
    const all = size > maxKeyBytes ? [] : (readKeys(new Uint8Array(await readFile(path))) ?? []);
    const keys = all.filter(({ primaryFingerprint }) => `${primaryFingerprint}.gpg` === name);
    cache.set(name, { version, keys });
    return keys;
  }

  async function readAll(): Promise<readonly PublicKey[]> {
    try {
      const names = (await readdir(directory)).filter((name) => /^[0-9A-F]{40,64}\.gpg$/.test(name));
      const keys: PublicKey[] = [];
      for (const name of names.slice(0, maxFiles)) keys.push(...(await readFileOnce(name)));
      return keys;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw toFileError(error, directory);
    }
  }

  /** What is known of a key stays: a copy without a revocation, say, does not undo it. */
  async function store(key: PublicKey): Promise<PublicKey> {
    const [known] = await find(key.primaryFingerprint);
    const bytes = known === undefined ? key.bytes : mergeKeys(known.bytes, key.bytes, maxKeyBytes);
    const path = join(directory, `${key.primaryFingerprint}.gpg`);
    if (bytes.length !== known?.bytes.length) await writeFileAtomically(path, bytes, 0o644);
    return readKeys(bytes)?.[0] ?? key;
  }

  async function find(idOrFingerprint: string): Promise<readonly PublicKey[]> {
    return (await readAll()).filter((key) => hasId(key, idOrFingerprint));
  }

  async function add(file: Uint8Array, wanted: string): Promise<readonly PublicKey[] | null> {
    if (file.length > maxKeyBytes) return null;
    const keys = readKeys(file);
    if (keys === null) return null;
    return inTurn(directory, async () => {
      const stored: PublicKey[] = [];
      for (const key of keys.filter((candidate) => hasId(candidate, wanted))) stored.push(await store(key));
      return stored;
    });
  }

  return {
    find,
    async findInKeyring(idOrFingerprint) {
      if (!/^[0-9A-Fa-f]{16,64}$/.test(idOrFingerprint)) return [];
      const file = await keyring.exportKeys(idOrFingerprint);
      return file === null ? [] : ((await add(file, idOrFingerprint)) ?? []);
    },
    add,
    async shareWithKeyring(fingerprint) {
      for (const { bytes } of await find(fingerprint)) await keyring.importKeys(bytes);
    },
  };
}

/** Whether the primary key or a subkey has this id (16 digits) or fingerprint. */
function hasId({ fingerprints }: PublicKey, idOrFingerprint: string): boolean {
  const wanted = idOrFingerprint.toUpperCase();
  return fingerprints.some((fingerprint) => fingerprint === wanted || keyIdOf(fingerprint) === wanted);
}
