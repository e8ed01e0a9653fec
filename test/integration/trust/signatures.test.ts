import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyWithGpg } from '../../../electron/adapters/gpg/gpg-verify.ts';
import { createSignatures } from '../../../electron/adapters/gpg/signatures.ts';
import { readSignatures } from '../../../electron/core/trust/packets.ts';
import { splitSignedDocument } from '../../../electron/core/trust/signature-block.ts';
import type { GoodSignature, SignatureFacts } from '../../../electron/core/trust/signature-facts.ts';
import { judgeSignature } from '../../../electron/core/trust/validity.ts';
import { signatureVector as vector } from '../../helpers/signature-vector.ts';
import { createSigningHome, type SigningHome } from '../../helpers/signing.ts';
import {
  bindStolenSubkey,
  data,
  later,
  makeVersion3,
  seconds,
  signWithExportedKey,
  splitPackets,
  start,
} from '../../helpers/forged-signatures.ts';

let signing: SigningHome;
let clean: () => void;

beforeAll(() => {
  signing = createSigningHome((undo) => {
    clean = undo;
  });
});
afterAll(() => clean());

async function check(
  signature: Uint8Array,
  keys: readonly Uint8Array[],
  signed: Uint8Array = data,
): Promise<readonly SignatureFacts[]> {
  const facts = await createSignatures({}).verify({ name: 'feed', data: signed, signature, keys });
  // The gpg program must see the same, apart from reasons of revocation and end of keys, which it does not tell.
  for (const [index, summary] of (readSignatures(signature) ?? []).entries()) {
    const other = await verifyWithGpg({
      program: 'gpg',
      env: { PATH: process.env['PATH'] },
      signature: summary.bytes,
      keyId: summary.keyId,
      data: signed,
      keys,
    });
    const own = facts[index];
    if (own?.status === 'good') {
      const { fingerprint, primaryFingerprint, createdAt, expiresAt, algorithm, bits, hash } = own;
      expect(other).toMatchObject({
        status: 'good',
        fingerprint,
        primaryFingerprint,
        createdAt,
        expiresAt,
        algorithm,
        bits,
        hash,
      });
      expect((other as GoodSignature).revocation === null).toBe(own.revocation === null);
    } else if (own?.status !== 'unusable') {
      expect(other.status).toBe(own?.status);
    }
  }
  return facts;
}

/** What the reference goes by: the status lines of gpg with the key in an ordinary keyring. */
function reference(signature: Uint8Array, keys: readonly Uint8Array[]): string {
  const home = mkdtempSync('/tmp/zd-gpg-');
  try {
    const env = { PATH: process.env['PATH'], GNUPGHOME: home, LC_ALL: 'C' };
    spawnSync('gpg', ['--batch', '--quiet', '--import'], { env, input: Buffer.concat(keys) });
    writeFileSync(join(home, 's'), signature);
    const args = ['--batch', '--no-tty', '--status-fd', '1', '--verify', join(home, 's'), '-'];
    return spawnSync('gpg', args, { env, input: data }).stdout.toString();
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const verdict = (facts: SignatureFacts | undefined, now = later(1000), isCached = false): string => {
  if (facts === undefined) return 'nothing';
  const judgement = judgeSignature(facts, { now: seconds(now), isCached });
  if (!judgement.isValid) return judgement.refusal.reason;
  return ['valid', ...judgement.signature.notes, ...judgement.signature.weaknesses].join(' ');
};

describe('the example of the format', () => {
  const { data: signed, signature } = splitSignedDocument(vector.bytes, vector.url);

  it('is good, by the subkey', async () => {
    const [facts] = await check(signature, [vector.key], signed);
    expect(facts).toEqual({
      status: 'good',
      keyId: vector.keyId,
      fingerprint: vector.fingerprint,
      primaryFingerprint: vector.primaryFingerprint,
      createdAt: vector.createdAt,
      expiresAt: null,
      keyExpiresAt: null,
      revocation: null,
      algorithm: 'other',
      bits: null,
      hash: 'sha256',
    });
  });

  it('is bad after any change', async () => {
    const text = vector.text.slice(0, vector.signedBytes);
    for (const changed of [text.replace('hello', 'Hello'), `${text.slice(0, -1)}\r\n`, `${text} `]) {
      const [facts] = await check(signature, [vector.key], new TextEncoder().encode(changed));
      expect(facts).toEqual({ status: 'bad', keyId: vector.keyId });
    }
  });

  it('needs its key', async () => {
    expect(await check(signature, [], signed)).toEqual([{ status: 'unknown-key', keyId: vector.keyId }]);
    const other = signing.createKey();
    expect(await check(signature, [other.publicKey()], signed)).toEqual([
      { status: 'unknown-key', keyId: vector.keyId },
    ]);
  });
});

describe('methods', () => {
  it.each([
    ['ed25519', undefined, 'valid'],
    ['nistp256', undefined, 'valid'],
    ['rsa2048', 'SHA512', 'valid'],
    ['rsa2048', 'SHA224', 'valid'],
    ['rsa2048', 'SHA1', 'valid sha1'],
    ['rsa2048', 'RIPEMD160', 'valid sha1'],
    ['rsa1024', 'SHA256', 'valid rsa1024'],
    ['dsa1024', 'SHA1', 'valid sha1 dsa'],
    ['dsa2048', 'SHA256', 'valid'],
  ])('%s with %s: %s', async (algorithm, digest, expected) => {
    const key = signing.createKey({ algorithm, at: start });
    const signature = signing.sign(data, key, { at: later(1), ...(digest === undefined ? {} : { digest }) });
    const [facts] = await check(signature, [key.publicKey()]);
    expect(verdict(facts)).toBe(expected);
    expect(reference(signature, [key.publicKey()])).toContain(`VALIDSIG ${key.fingerprint} `);
  });

  it('never MD5', async () => {
    const key = signing.createKey({ algorithm: 'rsa2048', at: start });
    const signature = signing.sign(data, key, { at: later(1), digest: 'MD5' });
    const [facts] = await check(signature, [key.publicKey()]);
    expect(facts).toMatchObject({ status: 'unusable', reason: 'it uses a method that proves nothing' });
    expect(reference(signature, [key.publicKey()])).not.toContain('VALIDSIG');
  });

  it('version 3, which only gpg reads', async () => {
    const { key, signature } = await makeVersion3(data);
    const facts = await createSignatures({ PATH: process.env['PATH'] }).verify({
      name: 'feed',
      data,
      signature,
      keys: [key],
    });
    expect(facts).toMatchObject([
      { status: 'good', algorithm: 'rsa', bits: 2048, hash: 'sha256', createdAt: seconds(start) },
    ]);
    const changed = new TextEncoder().encode('other');
    expect(
      await createSignatures({ PATH: process.env['PATH'] }).verify({
        name: 'feed',
        data: changed,
        signature,
        keys: [key],
      }),
    ).toMatchObject([{ status: 'bad' }]);
    expect(
      await createSignatures({ PATH: '/nonexistent' }).verify({ name: 'feed', data, signature, keys: [key] }),
    ).toMatchObject([
      { status: 'unusable', reason: expect.stringContaining('GnuPG (gpg) is not installed') as unknown },
    ]);
  });

  it('several signatures, each for itself', async () => {
    const [one, two, stranger] = [
      signing.createKey({ at: start }),
      signing.createKey({ at: start }),
      signing.createKey({ at: start }),
    ];
    const bad = signing.sign('something else', two, { at: later(1) });
    const signature = new Uint8Array(
      Buffer.concat([bad, signing.sign(data, stranger, { at: later(2) }), signing.sign(data, one, { at: later(3) })]),
    );
    const facts = await check(signature, [one.publicKey(), two.publicKey()]);
    expect(facts.map(({ status }) => status)).toEqual(['bad', 'unknown-key', 'good']);
    expect(facts.map(({ keyId }) => keyId)).toEqual([two.keyId, stranger.keyId, one.keyId]);
  });

  it('refuses blocks without signatures, or with too many', async () => {
    const key = signing.createKey({ at: start });
    const one = signing.sign(data, key);
    const refused = expect.objectContaining({ code: 'bad-signature-block' }) as Error;
    const verify = (signature: Uint8Array) => createSignatures({}).verify({ name: 'feed', data, signature, keys: [] });
    await expect(verify(new Uint8Array(Buffer.concat(Array.from({ length: 17 }, () => one))))).rejects.toThrow(refused);
    await expect(verify(one.subarray(0, -1))).rejects.toThrow(refused);
    await expect(verify(key.publicKey())).rejects.toThrow(refused);
    await expect(verify(new Uint8Array())).rejects.toThrow(refused);
    await expect(verify(new Uint8Array([1, 2, 3]))).rejects.toThrow(refused);
  });
});

describe('the life of a key', () => {
  it('expired after it signed', async () => {
    const key = signing.createKey({ at: start, expire: '30d' });
    const signature = signing.sign(data, key, { at: later(10) });
    const [facts] = await check(signature, [key.publicKey()]);
    expect(facts).toMatchObject({ keyExpiresAt: seconds(later(30)) });
    expect(verdict(facts)).toBe('valid key-expired');
    expect(verdict(facts, later(20))).toBe('valid');
  });

  it('expired before it signed: gpg would not tell, we do', async () => {
    const key = signing.createKey({ at: start, expire: '100d' });
    const signature = signing.sign(data, key, { at: later(50) });
    signing.gpg(['--faked-system-time', '20240102T120000!', '--quick-set-expire', key.primaryFingerprint, '20d']);
    const [facts] = await check(signature, [key.publicKey()]);
    expect(verdict(facts)).toBe('the key had expired when it signed');
    expect(reference(signature, [key.publicKey()])).toContain('VALIDSIG');
  });

  it('prolonged', async () => {
    const key = signing.createKey({ at: start, expire: '30d' });
    const signature = signing.sign(data, key, { at: later(10) });
    signing.gpg(['--faked-system-time', '20240115T120000!', '--quick-set-expire', key.primaryFingerprint, '0']);
    expect(verdict((await check(signature, [key.publicKey()]))[0])).toBe('valid');
  });

  it.each([
    [0, 'the owner has revoked the key', 'the owner has revoked the key'],
    [1, 'the owner has revoked the key', 'the owner has revoked the key'],
    [2, 'valid key-retired', 'it was made after the owner had retired the key'],
    [3, 'valid key-retired', 'it was made after the owner had retired the key'],
  ] as const)('revoked for reason %s', async (reason, before, afterwards) => {
    const key = signing.createKey({ at: start });
    const early = signing.sign(data, key, { at: later(10) });
    const late = signing.sign(data, key, { at: later(30) });
    signing.revoke(key, reason, later(20));
    expect(verdict((await check(early, [key.publicKey()]))[0])).toBe(before);
    expect(verdict((await check(late, [key.publicKey()]))[0])).toBe(afterwards);
    expect(reference(late, [key.publicKey()])).toContain('VALIDSIG');
  });

  it('a signature that has expired', async () => {
    const key = signing.createKey({ at: start });
    const signature = signing.sign(data, key, { at: later(1), expire: '10d' });
    const [facts] = await check(signature, [key.publicKey()]);
    expect(verdict(facts)).toBe('it has expired');
    expect(verdict(facts, later(1000), true)).toBe('valid signature-expired');
    expect(verdict(facts, later(5))).toBe('valid');
  });

  it('a signature from the future', async () => {
    const key = signing.createKey({ at: start });
    const signature = signing.sign(data, key, { at: later(10) });
    const [facts] = await createSignatures({}).verify({ name: 'feed', data, signature, keys: [key.publicKey()] });
    expect(verdict(facts, later(0))).toContain('in the future');
    expect(verdict(facts, later(9.5))).toBe('valid');
  });
});

describe('subkeys', () => {
  it('sign for their primary key', async () => {
    const key = signing.createKey({ at: start, usage: 'cert', subkey: true });
    expect(key.fingerprint).not.toBe(key.primaryFingerprint);
    const [facts] = await check(signing.sign(data, key, { at: later(1) }), [key.publicKey()]);
    expect(facts).toMatchObject({ fingerprint: key.fingerprint, primaryFingerprint: key.primaryFingerprint });
  });

  it('expire on their own', async () => {
    const key = signing.createKey({ at: start, usage: 'cert', subkey: true, expire: '30d' });
    const signature = signing.sign(data, key, { at: later(1) });
    signing.gpg(['--faked-system-time', '20240105T120000!', '--quick-set-expire', key.primaryFingerprint, '0']);
    const [facts] = await check(signature, [key.publicKey()]);
    expect(facts).toMatchObject({ keyExpiresAt: seconds(later(30)) });
  });

  it('cannot be taken away from their owner', async () => {
    const victim = signing.createKey({ at: start, usage: 'cert', subkey: true });
    const signature = signing.sign(data, victim, { at: later(1) });
    const thief = signing.createKey({ at: start });
    // The thief's primary key with the victim's subkey behind it.
    const [, , , ...subkey] = splitPackets(victim.publicKey());
    const stolen = new Uint8Array(Buffer.concat([thief.publicKey(), ...subkey]));
    const [facts] = await createSignatures({}).verify({ name: 'feed', data, signature, keys: [stolen] });
    expect(facts?.status).not.toBe('good');
  });

  it('must have agreed to their owner', async () => {
    const victim = signing.createKey({ at: start, usage: 'cert', subkey: true });
    const signature = signing.sign(data, victim, { at: later(1) });
    // The thief binds the victim's subkey to a key of his own, which the subkey has never confirmed.
    const stolen = await bindStolenSubkey(victim.publicKey());
    const [facts] = await createSignatures({}).verify({ name: 'feed', data, signature, keys: [stolen] });
    expect(facts).toMatchObject({ status: 'unusable', reason: 'its key is not bound to the key of its owner' });
  });

  it('cannot sign without the right to', async () => {
    const key = signing.createKey({ algorithm: 'rsa2048', usage: 'cert', at: start });
    const signature = await signWithExportedKey(signing, key);
    const [facts] = await createSignatures({}).verify({ name: 'feed', data, signature, keys: [key.publicKey()] });
    expect(facts).toMatchObject({ status: 'unusable', reason: 'its key may not make signatures' });
  });
});
