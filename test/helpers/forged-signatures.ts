import { createHash, createPrivateKey, createSign } from 'node:crypto';
import { generateKey } from 'openpgp';
import { type SigningHome, type TestKey } from './signing.ts';

const day = 24 * 3600 * 1000;
/** When the tests' keys and signatures begin. */
export const start = new Date('2024-01-01T12:00:00Z');
/** Some days after that. */
export const later = (days: number): Date => new Date(start.getTime() + days * day);
/** As signatures tell time. */
export const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
/** What is signed. */
export const data = new TextEncoder().encode('<?xml version="1.0"?>\n<interface/>\n');

/** The packets of a key, each with its header. */
export function splitPackets(key: Uint8Array): readonly Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let at = 0; at < key.length;) {
    const header = key[at] ?? 0;
    const size = 1 << (header & 3);
    const length = Buffer.from(key).readUIntBE(at + 1, size);
    packets.push(key.subarray(at, at + 1 + size + length));
    at += 1 + size + length;
  }
  return packets;
}

/** Makes a signature as GnuPG 1.x did: version 3, RSA, SHA-256. RFC 4880, 5.2.2. */
export async function makeVersion3(
  document: Uint8Array,
): Promise<{ readonly key: Uint8Array; readonly signature: Uint8Array }> {
  const { privateKey, publicKey } = await generateKey({
    type: 'rsa',
    rsaBits: 2048,
    userIDs: [{ name: 'Old', email: 'old@example.com' }],
    date: new Date('2005-01-01'),
    format: 'object',
  });
  const time = Buffer.alloc(4);
  time.writeUInt32BE(seconds(start));
  return { key: publicKey.write(), signature: signVersion3(document, privateKey as unknown as RsaKey, time) };
}

interface RsaKey {
  readonly keyPacket: {
    readonly publicParams: Record<'n' | 'e', Uint8Array>;
    readonly privateParams: Record<'d' | 'p' | 'q', Uint8Array>;
  };
  getKeyID(): { toHex(): string };
}

function signVersion3(document: Uint8Array, key: RsaKey, time: Buffer): Uint8Array {
  const hashed = Buffer.concat([document, Buffer.from([0x00]), time]);
  const value = createSign('sha256').update(hashed).sign(toNodeKey(key));
  const digest = createHash('sha256').update(hashed).digest();
  const bits = Buffer.alloc(2);
  bits.writeUInt16BE(value.length * 8 - Math.clz32(value[0] ?? 0) + 24);
  const keyId = Buffer.from(key.getKeyID().toHex(), 'hex');
  const body = Buffer.concat([
    Buffer.from([3, 5, 0]),
    time,
    keyId,
    Buffer.from([1, 8]),
    digest.subarray(0, 2),
    bits,
    value,
  ]);
  return new Uint8Array(Buffer.concat([Buffer.from([0x89, body.length >> 8, body.length & 0xff]), body]));
}

function toNodeKey({ keyPacket: { publicParams, privateParams } }: RsaKey) {
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
  const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  const toBytes = (value: bigint): Uint8Array => {
    const hex = value.toString(16);
    return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  };
  const [d, p, q] = [privateParams.d, privateParams.p, privateParams.q].map(toNumber) as [bigint, bigint, bigint];
  const inverse = (value: bigint, modulus: bigint): bigint => {
    let [a, b, x, y] = [value % modulus, modulus, 1n, 0n];
    while (b > 0n) {
      const quotient = a / b;
      [a, b] = [b, a % b];
      [x, y] = [y, x - quotient * y];
    }
    return ((x % modulus) + modulus) % modulus;
  };
  return createPrivateKey({
    format: 'jwk',
    key: {
      kty: 'RSA',
      n: text(publicParams.n),
      e: text(publicParams.e),
      d: text(privateParams.d),
      p: text(privateParams.p),
      q: text(privateParams.q),
      dp: text(toBytes(d % (p - 1n))),
      dq: text(toBytes(d % (q - 1n))),
      qi: text(toBytes(inverse(q, p))),
    },
  });
}

/** gpg refuses to sign with a key that may only certify, so the signature is made by hand (version 4). */
export async function signWithExportedKey(home: SigningHome, key: TestKey): Promise<Uint8Array> {
  const { readPrivateKey, SignaturePacket, createMessage, config, enums } = await import('openpgp');
  const secret = await readPrivateKey({
    binaryKey: new Uint8Array(home.gpg(['--export-secret-keys', key.primaryFingerprint])),
  });
  const packet = Object.assign(new SignaturePacket(), {
    signatureType: enums.signature.binary,
    publicKeyAlgorithm: enums.publicKey.rsaEncryptSign,
    hashAlgorithm: enums.hash.sha256,
  });
  const message = await createMessage({ binary: data });
  const [literal] = message.packets as unknown as readonly object[];
  const sign = packet.sign.bind(packet) as unknown as (...args: readonly unknown[]) => Promise<void>;
  await sign(secret.keyPacket, literal, later(1), true, config);
  const body = Buffer.from((packet as unknown as { write(): Uint8Array }).write());
  return new Uint8Array(Buffer.concat([Buffer.from([0x89, body.length >> 8, body.length & 0xff]), body]));
}

/** A new key with somebody else's subkey behind it, bound by the new key alone. */
export async function bindStolenSubkey(victim: Uint8Array): Promise<Uint8Array> {
  const { config, enums, generateKey: generate, readKey, SignaturePacket } = await import('openpgp');
  const { privateKey, publicKey } = await generate({ userIDs: [{ name: 'Thief' }], date: later(0), format: 'object' });
  const [subkey] = (await readKey({ binaryKey: victim })).subkeys;
  const packet = Object.assign(new SignaturePacket(), {
    signatureType: enums.signature.subkeyBinding,
    publicKeyAlgorithm: privateKey.keyPacket.algorithm,
    hashAlgorithm: enums.hash.sha256,
    keyFlags: [enums.keyFlags.signData],
  });
  const sign = packet.sign.bind(packet) as unknown as (...args: readonly unknown[]) => Promise<void>;
  await sign(privateKey.keyPacket, { key: privateKey.keyPacket, bind: subkey?.keyPacket }, later(0), false, config);
  const body = Buffer.from((packet as unknown as { write(): Uint8Array }).write());
  const binding = Buffer.concat([Buffer.from([0x89, body.length >> 8, body.length & 0xff]), body]);
  const [, , , subkeyPacket = new Uint8Array()] = splitPackets(victim);
  return new Uint8Array(Buffer.concat([publicKey.write(), subkeyPacket, binding]));
}
