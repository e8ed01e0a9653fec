import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createKeyStore } from '../../../electron/adapters/gpg/key-store.ts';
import { createUserKeyring } from '../../../electron/adapters/gpg/user-keyring.ts';
import type { KeyStorePort } from '../../../electron/core/ports/signature.ts';
import { createMemoryLog } from '../../helpers/memory-log.ts';
import { signatureVector as vector } from '../../helpers/signature-vector.ts';
import { createSigningHome } from '../../helpers/signing.ts';
import { tempDir } from '../../helpers/temp-dir.ts';

function createStore(directory: string, env: Record<string, string> = {}): KeyStorePort {
  const options = {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    home: directory,
    isPortable: true,
    log: createMemoryLog(),
  };
  return createKeyStore(join(directory, 'keys'), createUserKeyring(options));
}

describe('the store of keys', () => {
  it('keeps one file per key, found by every id', async () => {
    const directory = tempDir();
    const store = createStore(directory);
    expect(await store.find(vector.keyId)).toEqual([]);
    expect(await store.add(vector.key, vector.keyId)).toMatchObject([{ identity: vector.identity }]);
    const file = join(directory, 'keys', `${vector.primaryFingerprint}.gpg`);
    expect(readFileSync(file).equals(vector.key)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(statSync(join(directory, 'keys')).mode & 0o777).toBe(0o700);
    for (const id of [vector.keyId, vector.fingerprint, vector.primaryFingerprint, vector.fingerprint.toLowerCase()]) {
      expect(await createStore(directory).find(id)).toMatchObject([{ primaryFingerprint: vector.primaryFingerprint }]);
    }
    expect(await store.find('0000000000000000')).toEqual([]);
  });

  it('takes only the wanted key, and only keys', async () => {
    const directory = tempDir();
    const store = createStore(directory);
    const other = createSigningHome().createKey();
    const both = new Uint8Array(Buffer.concat([other.publicKey(), vector.key]));
    expect(await store.add(both, vector.keyId)).toHaveLength(1);
    expect(readdirSync(join(directory, 'keys'))).toEqual([`${vector.primaryFingerprint}.gpg`]);
    expect(await store.add(both, '1234567812345678')).toEqual([]);
    expect(await store.add(new TextEncoder().encode('<html>'), vector.keyId)).toBeNull();
    expect(await store.add(new Uint8Array(2 * 1024 * 1024), vector.keyId)).toBeNull();
  });

  it('ignores files that are not what their name says', async () => {
    const directory = tempDir();
    mkdirSync(join(directory, 'keys'));
    writeFileSync(join(directory, 'keys', `${'A'.repeat(40)}.gpg`), vector.key);
    writeFileSync(join(directory, 'keys', `${'B'.repeat(40)}.gpg`), 'garbage');
    writeFileSync(join(directory, 'keys', 'README'), 'x');
    expect(await createStore(directory).find(vector.keyId)).toEqual([]);
  });

  it('learns of revocations and forgets none', async () => {
    const store = createStore(tempDir());
    const signing = createSigningHome();
    const key = signing.createKey();
    const before = key.publicKey();
    signing.revoke(key, 1);
    const after = key.publicKey();
    await store.add(before, key.keyId);
    await store.add(after, key.keyId);
    await store.add(before, key.keyId);
    const [stored] = await store.find(key.keyId);
    expect(stored?.bytes.length).toBe(after.length);
  });
});

describe("the person's own keyring", () => {
  it('gives keys, and gets those that are trusted', async () => {
    const signing = createSigningHome();
    const key = signing.createKey();
    const directory = tempDir();
    const store = createStore(directory, { GNUPGHOME: signing.home });
    expect(await store.find(key.keyId)).toEqual([]);
    expect(await store.findInKeyring(key.keyId)).toMatchObject([{ primaryFingerprint: key.primaryFingerprint }]);
    expect(await store.find(key.keyId)).toHaveLength(1);
    expect(await store.findInKeyring('1234567812345678')).toEqual([]);
    expect(await store.findInKeyring('--help')).toEqual([]);

    await store.add(vector.key, vector.keyId);
    expect(signing.gpg(['--list-keys']).toString()).not.toContain(vector.identity);
    await store.shareWithKeyring(vector.fingerprint);
    expect(signing.gpg(['--list-keys']).toString()).toContain(vector.identity);
  });

  it('is left alone in a portable home, and in the home of somebody else', async () => {
    for (const isPortable of [true, false]) {
      const home = tempDir();
      const env = { PATH: process.env['PATH'] ?? '' };
      const keyring = createUserKeyring({ env, home, isPortable, log: createMemoryLog() });
      await keyring.importKeys(vector.key);
      mkdirSync(join(home, '.gnupg'), { recursive: true });
      expect(await keyring.exportKeys(vector.keyId)).toBeNull();
      expect(readdirSync(join(home, '.gnupg'))).toEqual([]);
    }
  });

  it('may be missing, like gpg itself', async () => {
    const log = createMemoryLog();
    const home = tempDir();
    const missing = createUserKeyring({
      env: { PATH: '', GNUPGHOME: join(home, 'none') },
      home,
      isPortable: false,
      log,
    });
    await missing.importKeys(vector.key);
    expect(await missing.exportKeys(vector.keyId)).toBeNull();
    const broken = createUserKeyring({
      env: { ZEROINSTALL_GPG: '/bin/false', GNUPGHOME: home },
      home,
      isPortable: false,
      log,
    });
    await broken.importKeys(vector.key);
    expect(await broken.exportKeys(vector.keyId)).toBeNull();
    expect(existsSync(join(home, 'none'))).toBe(false);
    expect(spawnSync('true').status).toBe(0);
  });
});
