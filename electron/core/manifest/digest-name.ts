import { AppError } from '../../../shared/errors/app-error.ts';
import type { DigestName } from '../feed/model.ts';

/** A way to turn a tree into a digest, as directory names and feeds call it. */
export type Algorithm = 'sha1' | 'sha1new' | 'sha256' | 'sha256new';

/** The hash of a manifest and of each file and link in it. */
export type HashName = 'sha1' | 'sha256';

/** `old` lists directories with times, in one sequence with the files. */
export type ManifestFormat = 'old' | 'new';

/** A digest whose algorithm we can compute and whose value has the right form, so that it may be part of a path. */
export interface KnownDigest extends DigestName {
  readonly algorithm: Algorithm;
}

interface Rules {
  readonly hash: HashName;
  readonly format: ManifestFormat;
  readonly separator: '=' | '_';
  readonly value: RegExp;
  /** The best of several is the one that is checked. */
  readonly rank: number;
}

const rules: Readonly<Record<Algorithm, Rules>> = {
  sha1: { hash: 'sha1', format: 'old', separator: '=', value: /^[0-9a-f]{40}$/, rank: 10 },
  sha1new: { hash: 'sha1', format: 'new', separator: '=', value: /^[0-9a-f]{40}$/, rank: 50 },
  sha256: { hash: 'sha256', format: 'new', separator: '=', value: /^[0-9a-f]{64}$/, rank: 80 },
  sha256new: { hash: 'sha256', format: 'new', separator: '_', value: /^[A-Z2-7]{52}$/, rank: 90 },
};

/** Whether digests of this name can be computed here. */
export function isAlgorithm(name: string): name is Algorithm {
  return Object.hasOwn(rules, name);
}

/** The hash an algorithm uses. `sha256` and `sha256new` share one, and so have the same manifests. */
export function hashOf(algorithm: Algorithm): HashName {
  return rules[algorithm].hash;
}

/** The manifest format an algorithm uses. */
export function formatOf(algorithm: Algorithm): ManifestFormat {
  return rules[algorithm].format;
}

/**
 * Reads the name of an implementation's directory. Only what passes may be used in a path.
 *
 * @returns null if it is not exactly `ALG=HEX` or `sha256new_BASE32`
 * @see store.md 2
 */
export function parseDigestName(name: string): KnownDigest | null {
  const match = /^(sha1|sha1new|sha256|sha256new)([=_])(.*)$/.exec(name);
  const [, algorithm, separator, value] = match ?? [];
  if (algorithm === undefined || value === undefined || !isAlgorithm(algorithm)) return null;
  if (separator !== rules[algorithm].separator || !rules[algorithm].value.test(value)) return null;
  return { algorithm, value, directory: name };
}

/**
 * Reads a digest that a person typed: also `sha256new=`.
 *
 * @throws AppError `bad-digest`
 */
export function parseDigestInput(text: string): KnownDigest {
  const digest = parseDigestName(text.replace(/^sha256new=/, 'sha256new_'));
  if (digest === null) throw new AppError('bad-digest', { text });
  return digest;
}

/** The digest to build and check an implementation by, of the directory names a feed offers; null if none is known. */
export function bestDigest(names: readonly string[]): KnownDigest | null {
  let best: KnownDigest | null = null;
  for (const name of names) {
    const digest = parseDigestName(name);
    if (digest !== null && (best === null || rules[digest.algorithm].rank > rules[best.algorithm].rank)) best = digest;
  }
  return best;
}

/** The directory name for the hash of a manifest. */
export function toDigestName(algorithm: Algorithm, hash: Uint8Array): string {
  const value = algorithm === 'sha256new' ? toBase32(hash) : toHex(hash);
  return `${algorithm}${rules[algorithm].separator}${value}`;
}

/** Lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** RFC 4648 base32 in upper case without padding. */
export function toBase32(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let text = '';
  let bits = 0;
  let bitCount = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    bitCount += 8;
    while (bitCount >= 5) {
      bitCount -= 5;
      text += alphabet.charAt((bits >> bitCount) & 31);
    }
  }
  return bitCount === 0 ? text : text + alphabet.charAt((bits << (5 - bitCount)) & 31);
}
