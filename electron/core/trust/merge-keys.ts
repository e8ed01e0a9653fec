import { packetTags, readPackets } from './packets.ts';

/** A key, subkey, user id or other thing, and the signatures behind it. */
interface Component {
  readonly bytes: Uint8Array;
  readonly signatures: Uint8Array[];
}

/**
 * Joins two copies of one public key: everything that either of them has, each packet once. So a newer copy brings new
 * subkeys and later expiry, and an older one, or one that somebody has stripped, takes no revocation away.
 *
 * @param limitBytes above this the first copy stays as it is
 */
export function mergeKeys(known: Uint8Array, other: Uint8Array, limitBytes: number): Uint8Array {
  const components = toComponents(known);
  for (const { bytes, signatures } of toComponents(other)) {
    const same = components.find((component) => isEqual(component.bytes, bytes));
    if (same === undefined) {
      components.push({ bytes, signatures });
      continue;
    }
    const isNew = (signature: Uint8Array): boolean => !same.signatures.some((one) => isEqual(one, signature));
    same.signatures.push(...signatures.filter(isNew));
  }
  // Subkeys come after user ids, or nobody could read the key.
  const subkeys = components.filter(({ bytes }) => isSubkey(bytes));
  const rest = components.filter(({ bytes }) => !isSubkey(bytes));
  const parts = [...rest, ...subkeys].flatMap(({ bytes, signatures }) => [bytes, ...signatures]);
  const size = parts.reduce((total, part) => total + part.length, 0);
  if (size > limitBytes) return known;
  const merged = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    merged.set(part, at);
    at += part.length;
  }
  return merged;
}

function toComponents(key: Uint8Array): Component[] {
  const components: Component[] = [];
  for (const { tag, start, end } of readPackets(key) ?? []) {
    const bytes = key.subarray(start, end);
    if (tag === packetTags.signature) components.at(-1)?.signatures.push(bytes);
    else components.push({ bytes, signatures: [] });
  }
  return components;
}

function isSubkey(packet: Uint8Array): boolean {
  return readPackets(packet)?.[0]?.tag === packetTags.publicSubkey;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
