import { decodeBase64 } from './base64.ts';
import { packetTags, readPackets, toHex, type Packet } from './packets.ts';

/** Largest key file we take: 1 MiB. */
export const maxKeyBytes = 1024 * 1024;

/** Keys in one file that we look at. */
const maxKeys = 32;

/** Packets of one key: keys with a thousand certifications by others exist. */
const maxPackets = 5000;

/** A public key with all that belongs to it, as cut out of a key file. Nothing of it is checked. */
export interface PublicKey {
  /** Upper-case hex. */
  readonly primaryFingerprint: string;
  /** The primary one first. */
  readonly fingerprints: readonly string[];
  /** What the key says of its owner: the first user id, made harmless for display. */
  readonly identity: string | null;
  /** Its packets, binary. */
  readonly bytes: Uint8Array;
}

/** Hash functions, which core does not have. */
export interface FingerprintHashes {
  readonly sha1: (bytes: Uint8Array) => Uint8Array;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Cuts a key file, binary or armoured, into its public keys. Keys of unknown versions and keys without user id are left
 * out; secret keys make the file no key file.
 *
 * @returns `null` if it is no key file
 */
export function readKeyFile(file: Uint8Array, hashes: FingerprintHashes): readonly PublicKey[] | null {
  const bytes = isArmoured(file) ? dearmour(file) : file;
  const packets = bytes === null || bytes.length === 0 ? null : readPackets(bytes);
  if (bytes === null || packets?.[0]?.tag !== packetTags.publicKey) return null;
  const keys: PublicKey[] = [];
  let first = 0;
  for (let index = 1; index <= packets.length && keys.length < maxKeys; index += 1) {
    if (index < packets.length && packets[index]?.tag !== packetTags.publicKey) continue;
    const key = toKey(bytes, packets.slice(first, index), hashes);
    if (key !== null) keys.push(key);
    first = index;
  }
  return keys;
}

/** Foreign text on one line, without characters that hide or reorder what is shown; at most 200 characters. */
export function harmlessText(text: string, maxLength = 200): string {
  const clean = text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 1)}…` : clean;
}

function toKey(bytes: Uint8Array, packets: readonly Packet[], hashes: FingerprintHashes): PublicKey | null {
  const fingerprints: string[] = [];
  let identity: string | null = null;
  for (const { tag, body } of packets) {
    if (tag === packetTags.publicKey || tag === packetTags.publicSubkey) {
      const fingerprint = fingerprintOf(body, hashes);
      if (fingerprint !== null) fingerprints.push(fingerprint);
      else if (tag === packetTags.publicKey) return null;
    }
    if (tag === packetTags.userId) identity ??= harmlessText(new TextDecoder().decode(body));
  }
  const [primaryFingerprint] = fingerprints;
  const start = packets[0]?.start;
  const end = packets.at(-1)?.end;
  if (primaryFingerprint === undefined || identity === null || packets.length > maxPackets) return null;
  return { primaryFingerprint, fingerprints, identity: identity || null, bytes: bytes.slice(start, end) };
}

/** RFC 9580, 5.5.4: what is hashed for a fingerprint, by version of the key. */
function fingerprintOf(body: Uint8Array, hashes: FingerprintHashes): string | null {
  const version = body[0];
  const size = body.length;
  if (version === 4) return toHex(hashes.sha1(prefixed([0x99, (size >> 8) & 0xff, size & 0xff], body)));
  if (version !== 6) return null;
  const header = [0x9b, (size >>> 24) & 0xff, (size >> 16) & 0xff, (size >> 8) & 0xff, size & 0xff];
  return toHex(hashes.sha256(prefixed(header, body)));
}

function prefixed(header: readonly number[], body: Uint8Array): Uint8Array {
  const whole = new Uint8Array(header.length + body.length);
  whole.set(header);
  whole.set(body, header.length);
  return whole;
}

/** Binary packets begin with the high bit set; text does not. */
function isArmoured(file: Uint8Array): boolean {
  return ((file[0] ?? 0) & 0x80) === 0;
}

/** All public key blocks of an armoured file, one after the other. The checksum, which protects nothing, is not looked at. */
function dearmour(file: Uint8Array): Uint8Array | null {
  const text = new TextDecoder().decode(file).replace(/\r\n?/g, '\n');
  const blocks = text.matchAll(
    /^-----BEGIN PGP PUBLIC KEY BLOCK-----[ \t]*\n([\s\S]*?)^-----END PGP PUBLIC KEY BLOCK-----/gm,
  );
  const parts: Uint8Array[] = [];
  for (const [, content = ''] of blocks) {
    const body = content.slice(content.startsWith('\n') ? 1 : content.indexOf('\n\n') + 2);
    const digits = body.replace(/^=[A-Za-z0-9+/]{4}\n*$/m, '').replace(/[\s=]+/g, '');
    const bytes = decodeBase64(new TextEncoder().encode(digits));
    if (bytes === null) return null;
    parts.push(bytes);
  }
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
