import type * as OpenPgp from 'openpgp';
import type { Config, Key, LiteralDataPacket, SignaturePacket, Subkey } from 'openpgp';
import type { GoodSignature, HashName, SignatureFacts } from '../../core/trust/signature-facts.ts';
import type { SignatureSummary } from '../../core/trust/packets.ts';
import { anyTime, readKeyFacts, toSeconds } from './openpgp-key-facts.ts';

/** Numbers of RFC 9580, 9.5. MD5 is not among them on purpose. */
const hashes: Readonly<Record<number, HashName>> = {
  2: 'sha1',
  3: 'ripemd160',
  8: 'sha256',
  9: 'sha384',
  10: 'sha512',
  11: 'sha224',
  12: 'sha3-256',
  14: 'sha3-512',
};

/** Smaller RSA keys are refused outright: they can be broken at home. */
const minRsaBits = 1024;

/** A signature that this library cannot read, so that another program may try. */
export type OpenPgpResult = SignatureFacts | { readonly status: 'not-understood'; readonly keyId: string };

/** Checks signatures with the openpgp library, which is loaded with the first one. */
export interface OpenPgpVerifier {
  verify(signature: SignatureSummary, data: Uint8Array): Promise<OpenPgpResult>;
}

/**
 * Prepares the checking of signatures over one set of keys.
 *
 * Old methods (SHA-1, DSA, RSA with 1024 bits) are read here, because feeds use them; what to think of them is decided in
 * core/trust. MD5 is never accepted. Times are not looked at here either.
 *
 * @param keys binary keys; what the library cannot read is passed over
 */
export async function createOpenPgpVerifier(keys: readonly Uint8Array[]): Promise<OpenPgpVerifier> {
  const pgp = await import('openpgp');
  const { md5 } = pgp.enums.hash;
  const config: Config = {
    ...pgp.config,
    rejectHashAlgorithms: new Set([md5]),
    rejectMessageHashAlgorithms: new Set([md5]),
    rejectPublicKeyAlgorithms: new Set(),
    rejectCurves: new Set(),
    minRSABits: minRsaBits,
    allowMissingKeyFlags: true,
  };
  const parsed = (await Promise.all(keys.map((binaryKeys) => readKeys(pgp, binaryKeys, config)))).flat();
  return {
    async verify(summary, data) {
      const packet = await readPacket(pgp, summary, config);
      if (packet === null) return { status: 'not-understood', keyId: summary.keyId };
      return verifyPacket({ pgp, config, keys: parsed, data }, packet, summary);
    },
  };
}

interface Context {
  readonly pgp: typeof OpenPgp;
  readonly config: Config;
  readonly keys: readonly Key[];
  readonly data: Uint8Array;
}

async function readKeys(pgp: typeof OpenPgp, binaryKeys: Uint8Array, config: Config): Promise<readonly Key[]> {
  try {
    return await pgp.readKeys({ binaryKeys, config });
  } catch {
    return [];
  }
}

/** `null` for what the library leaves out without a word (version 3) or does not know. */
async function readPacket(
  pgp: typeof OpenPgp,
  summary: SignatureSummary,
  config: Config,
): Promise<SignaturePacket | null> {
  try {
    const { packets } = await pgp.readSignature({ binarySignature: summary.bytes, config });
    const [packet] = packets;
    return packet instanceof pgp.SignaturePacket ? packet : null;
  } catch {
    return null;
  }
}

async function verifyPacket(
  context: Context,
  packet: SignaturePacket,
  { keyId, fingerprint }: SignatureSummary,
): Promise<OpenPgpResult> {
  const candidates = context.keys.flatMap((key) =>
    [key, ...key.subkeys]
      .filter((signer) => signer.getKeyID().toHex().toUpperCase() === keyId)
      .filter((signer) => fingerprint === null || signer.getFingerprint().toUpperCase() === fingerprint)
      .map((signer) => ({ key, signer })),
  );
  if (candidates.length === 0) return { status: 'unknown-key', keyId };
  const results: SignatureFacts[] = [];
  for (const { key, signer } of candidates) {
    const facts = await verifyWithKey(context, packet, { key, signer, keyId });
    if (facts.status === 'good') return facts;
    results.push(facts);
  }
  // Two keys may share an id: what is unusable with the right one says more than a mismatch with the other.
  return results.find(({ status }) => status === 'unusable') ?? { status: 'bad', keyId };
}

interface Signer {
  readonly key: Key;
  readonly signer: Key | Subkey;
  readonly keyId: string;
}

async function verifyWithKey(
  context: Context,
  packet: SignaturePacket,
  { key, signer, keyId }: Signer,
): Promise<SignatureFacts> {
  const { pgp, config } = context;
  const unusable = (reason: string): SignatureFacts => ({ status: 'unusable', keyId, reason });
  const { binary, text } = pgp.enums.signature;
  const type = packet.signatureType;
  if (type !== binary && type !== text) return unusable('it is not a signature of a document');
  const hash = hashes[packet.hashAlgorithm ?? 0];
  if (hash === undefined) return unusable('it uses a method that proves nothing');
  const info = signer.getAlgorithmInfo();
  const algorithm = algorithmOf(info.algorithm);
  const bits = algorithm === 'other' ? null : (info.bits ?? null);
  if (algorithm === 'rsa' && (bits ?? 0) < minRsaBits) return unusable('its key is too short');

  const message = await pgp.createMessage({ binary: context.data });
  const [literal] = message.packets as unknown as readonly LiteralDataPacket[];
  try {
    await packet.verify(signer.keyPacket, type, literal ?? {}, anyTime, true, config);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const isMismatch = /did not match|verification failed/i.test(text);
    return isMismatch ? { status: 'bad', keyId } : unusable(text);
  }
  const facts = await readKeyFacts({ pgp, config }, key, signer);
  if (typeof facts === 'string') return unusable(facts);
  const { expiresAt: keyExpiresAt, revocation } = facts;
  return {
    status: 'good',
    keyId,
    fingerprint: signer.getFingerprint().toUpperCase(),
    primaryFingerprint: key.getFingerprint().toUpperCase(),
    createdAt: toSeconds(packet.created ?? new Date(0)),
    expiresAt: packet.signatureNeverExpires ? null : toSeconds(packet.getExpirationTime() as Date),
    keyExpiresAt,
    revocation,
    algorithm,
    bits,
    hash,
  };
}

function algorithmOf(name: string): GoodSignature['algorithm'] {
  if (name.startsWith('rsa')) return 'rsa';
  return name === 'dsa' ? 'dsa' : 'other';
}
