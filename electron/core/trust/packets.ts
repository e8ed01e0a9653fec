/**
 * The outer form of OpenPGP packets (RFC 4880, 4.2 and 5.2; RFC 9580): enough to tell which keys a signature wants, to
 * count signatures before any cryptography, and to cut a key file into its keys. It checks nothing.
 */

/** One packet: its tag, its body, and where it lies in the bytes. */
export interface Packet {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Tags of the packets we look at. */
export const packetTags = { signature: 2, publicKey: 6, publicSubkey: 14, userId: 13 } as const;

/** What a signature says of itself before it is checked. */
export interface SignatureSummary {
  readonly version: number;
  /** Upper-case hex, 16 digits; empty if the signature does not say. */
  readonly keyId: string;
  /** Upper-case hex, or null if the signature does not say. */
  readonly fingerprint: string | null;
  /** The packet, header included. */
  readonly bytes: Uint8Array;
}

/** Packets of one block or key file that we look at: keys with a thousand certifications by others exist. */
const maxPackets = 10_000;

/**
 * Cuts bytes into packets. `null` if they are not packets, too many, end too early, or use lengths unknown in advance.
 */
export function readPackets(bytes: Uint8Array): readonly Packet[] | null {
  const packets: Packet[] = [];
  let position = 0;
  while (position < bytes.length) {
    const packet = readPacket(bytes, position);
    if (packet === null || packets.length === maxPackets) return null;
    packets.push(packet);
    position = packet.end;
  }
  return packets;
}

/** The signatures in a decoded signature block; `null` if there is anything else in it. */
export function readSignatures(bytes: Uint8Array): readonly SignatureSummary[] | null {
  const packets = readPackets(bytes);
  if (packets === null || packets.some(({ tag }) => tag !== packetTags.signature)) return null;
  return packets.map((packet) => {
    const version = packet.body[0] ?? 0;
    const issuer = version === 3 ? issuerOfVersion3(packet.body) : issuerOf(packet.body, version);
    return { version, ...issuer, bytes: bytes.subarray(packet.start, packet.end) };
  });
}

/** Upper-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text.toUpperCase();
}

/** The 16-digit id of a key: the end of a version 4 fingerprint, the beginning of a later one. */
export function keyIdOf(fingerprint: string): string {
  return fingerprint.length > 40 ? fingerprint.slice(0, 16) : fingerprint.slice(-16);
}

function readPacket(bytes: Uint8Array, start: number): Packet | null {
  const header = bytes[start] ?? 0;
  if ((header & 0x80) === 0) return null;
  const isNewForm = (header & 0x40) !== 0;
  const length = isNewForm ? readLength(bytes, start + 1) : readOldLength(bytes, start + 1, header & 3);
  if (length === null) return null;
  const from = length.next;
  const end = from + length.value;
  if (end > bytes.length) return null;
  const tag = isNewForm ? header & 0x3f : (header >> 2) & 0x0f;
  return { tag, body: bytes.subarray(from, end), start, end };
}

interface Length {
  readonly value: number;
  readonly next: number;
}

function readOldLength(bytes: Uint8Array, at: number, kind: number): Length | null {
  if (kind === 3) return null;
  const size = 1 << kind;
  return at + size > bytes.length ? null : { value: readNumber(bytes, at, size), next: at + size };
}

/** New-form lengths; those of subpackets are the same but for partial lengths, which we never take. */
function readLength(bytes: Uint8Array, at: number): Length | null {
  const first = bytes[at];
  if (first === undefined) return null;
  if (first < 192) return { value: first, next: at + 1 };
  if (first < 224) {
    const second = bytes[at + 1];
    return second === undefined ? null : { value: ((first - 192) << 8) + second + 192, next: at + 2 };
  }
  if (first !== 255 || at + 5 > bytes.length) return null;
  return { value: readNumber(bytes, at + 1, 4), next: at + 5 };
}

function readNumber(bytes: Uint8Array, at: number, size: number): number {
  let value = 0;
  for (let index = 0; index < size; index += 1) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

type Issuer = Pick<SignatureSummary, 'keyId' | 'fingerprint'>;

function issuerOfVersion3(body: Uint8Array): Issuer {
  return { keyId: body.length < 15 ? '' : toHex(body.subarray(7, 15)), fingerprint: null };
}

/** Signed issuer subpackets count before unsigned ones; a fingerprint before an id. */
function issuerOf(body: Uint8Array, version: number): Issuer {
  const lengthSize = version === 6 ? 4 : 2;
  let keyId = '';
  let fingerprint: string | null = null;
  let at = 4;
  for (let area = 0; area < 2; area += 1) {
    const areaEnd = at + lengthSize + readNumber(body, at, lengthSize);
    at += lengthSize;
    if (areaEnd > body.length) break;
    while (at < areaEnd) {
      const length = readSubpacketLength(body, at);
      if (length === null || length.value === 0 || length.next + length.value > areaEnd) return { keyId, fingerprint };
      const type = (body[length.next] ?? 0) & 0x7f;
      const content = body.subarray(length.next + 1, length.next + length.value);
      if (type === 16 && content.length === 8 && keyId === '') keyId = toHex(content);
      if (type === 33 && (content.length === 21 || content.length === 33)) fingerprint ??= toHex(content.subarray(1));
      at = length.next + length.value;
    }
    at = areaEnd;
  }
  return { keyId: fingerprint === null ? keyId : keyIdOf(fingerprint), fingerprint };
}

function readSubpacketLength(bytes: Uint8Array, at: number): Length | null {
  const first = bytes[at];
  if (first === undefined || first < 192 || first === 255) return readLength(bytes, at);
  const second = bytes[at + 1];
  return second === undefined ? null : { value: ((first - 192) << 8) + second + 192, next: at + 2 };
}
