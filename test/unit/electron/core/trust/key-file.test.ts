import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { harmlessText, readKeyFile } from '../../../../../electron/core/trust/key-file.ts';
import { keyIdOf, readPackets } from '../../../../../electron/core/trust/packets.ts';
import { encodeBase64 } from '../../../../../electron/core/trust/base64.ts';
import { signatureVector as vector } from '../../../../helpers/signature-vector.ts';

const hash = (name: string) => (bytes: Uint8Array) => new Uint8Array(createHash(name).update(bytes).digest());
const hashes = { sha1: hash('sha1'), sha256: hash('sha256') };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('readKeyFile', () => {
  const expected = {
    primaryFingerprint: vector.primaryFingerprint,
    fingerprints: [vector.primaryFingerprint, vector.fingerprint],
    identity: vector.identity,
    bytes: vector.key,
  };

  it('reads a binary key', () => {
    expect(readKeyFile(vector.key, hashes)).toEqual([expected]);
    expect(keyIdOf(vector.fingerprint)).toBe(vector.keyId);
  });

  it.each(['\n', '\r\n'])('reads an armoured key', (newline) => {
    const lines = encodeBase64(vector.key).match(/.{1,64}/g) ?? [];
    const text = [
      '-----BEGIN PGP PUBLIC KEY BLOCK-----',
      'Comment: x',
      '',
      ...lines,
      '=abcd',
      '-----END PGP PUBLIC KEY BLOCK-----',
      '',
    ];
    expect(readKeyFile(bytesOf(`some words\n${text.join(newline)}`), hashes)).toEqual([expected]);
  });

  it('cuts several keys apart', () => {
    const twice = new Uint8Array([...vector.key, ...vector.key]);
    expect(readKeyFile(twice, hashes)).toEqual([expected, expected]);
  });

  it('leaves out keys without user id', () => {
    const packets = readPackets(vector.key)!;
    const bare = vector.key.subarray(0, packets[0]!.end);
    expect(readKeyFile(bare, hashes)).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a web page', bytesOf('<html>404</html>')],
    ['half a key', vector.key.subarray(0, 300)],
    ['a signature', vector.key.subarray(readPackets(vector.key)![2]!.start, readPackets(vector.key)![2]!.end)],
    ['noise', new Uint8Array(1000).fill(0xff)],
    ['armour without content', bytesOf('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n')],
  ])('refuses %s', (_name, file) => {
    expect(readKeyFile(file, hashes)).toBeNull();
  });
});

describe('harmlessText', () => {
  it('keeps words and drops what hides or reorders them', () => {
    expect(harmlessText(' Jürgen\u202e\u0007 \n<j@x.org> ')).toBe('Jürgen <j@x.org>');
    expect(harmlessText('x'.repeat(500))).toHaveLength(200);
  });
});
