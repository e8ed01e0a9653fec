/**
 * SHA-256 (FIPS 180-4) for short texts, where pure code needs a name that nobody can make collide. Files are hashed by
 * the adapters with the system's own.
 */

const roundConstants = makeConstants(64, (prime) => Math.cbrt(prime));
const initialState = makeConstants(8, (prime) => Math.sqrt(prime));

/** @returns the digest of the UTF-8 form, 64 lower-case hex digits */
export function sha256Hex(text: string): string {
  const state = Uint32Array.from(initialState);
  const data = pad(new TextEncoder().encode(text));
  const view = new DataView(data.buffer);
  const words = new Uint32Array(64);
  for (let offset = 0; offset < data.length; offset += 64) {
    for (let index = 0; index < 16; index += 1) words[index] = view.getUint32(offset + index * 4);
    compress(state, words);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function pad(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  return padded;
}

/** One block: `words` holds its first sixteen words and room for the rest of the schedule. */
function compress(state: Uint32Array, words: Uint32Array): void {
  for (let index = 16; index < 64; index += 1) {
    const early = at(words, index - 15);
    const late = at(words, index - 2);
    const s0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const s1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    words[index] = at(words, index - 16) + s0 + at(words, index - 7) + s1;
  }
  const work = Uint32Array.from(state);
  for (let index = 0; index < 64; index += 1) {
    const [a, b, c, e, f, g] = [at(work, 0), at(work, 1), at(work, 2), at(work, 4), at(work, 5), at(work, 6)];
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = at(work, 7) + s1 + choice + at(roundConstants, index) + at(words, index);
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    work.copyWithin(1, 0, 7);
    work[4] = at(work, 4) + first;
    work[0] = first + s0 + majority;
  }
  for (let index = 0; index < 8; index += 1) state[index] = at(state, index) + at(work, index);
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits of the fractional parts of roots of the first primes, as the standard defines them. */
function makeConstants(count: number, root: (prime: number) => number): Uint32Array {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return Uint32Array.from(primes, (prime) => Math.floor((root(prime) % 1) * 0x1_0000_0000));
}
