import { AppError } from '../../../shared/errors/app-error.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

/** Largest signed document we take: 32 MiB, as the Windows implementation does. */
export const maxFeedBytes = 32 * 1024 * 1024;

/** Longest block we take, in bytes of the file. */
const maxBlockBytes = 64 * 1024;

const startLine = toBytes('<!-- Base64 Signature');
const opening = toBytes('<?xml ');

const newline = 0x0a;
const carriageReturn = 0x0d;
const equals = 0x3d;

/** A signed feed or catalogue in its two parts. */
export interface SignedDocument {
  /** The bytes that were signed: a view of the file. */
  readonly data: Uint8Array;
  /** OpenPGP packets. */
  readonly signature: Uint8Array;
}

/**
 * Takes the signature block off a signed document. Works on bytes: nothing is decoded or normalised.
 *
 * @param feed its URL, for messages
 * @throws AppError `feed-not-a-feed`, `feed-unsigned`, `bad-signature-block`, `download-too-large`
 * @see trust-and-download.md 2
 */
export function splitSignedDocument(bytes: Uint8Array, feed: string): SignedDocument {
  if (!beginsWith(bytes, opening, 0)) throw new AppError('feed-not-a-feed', { feed, start: readableStart(bytes) });
  if (bytes.length > maxFeedBytes) throw new AppError('download-too-large', { url: feed, limitBytes: maxFeedBytes });
  const start = lastStartLine(bytes);
  if (start === null) throw new AppError('feed-unsigned', { feed });
  const bad = (reason: string) => new AppError('bad-signature-block', { feed, reason });

  const end = trimmedEnd(bytes, bytes.length);
  const terminator = toBytes('\n-->');
  if (!beginsWith(bytes, terminator, end - terminator.length)) throw bad('there is text behind it');
  const from = start + startLine.length;
  const to = end - terminator.length;
  if (to - from > maxBlockBytes) throw bad('it is too long');
  const signature = decodeBlock(bytes.subarray(from, Math.max(from, to)));
  if (signature === null) throw bad('it contains characters that are not Base64');
  if (signature.length === 0) throw bad('it is empty');
  return { data: bytes.subarray(0, start), signature };
}

/** Appends the block in the one form that every implementation reads. `data` must end with a line feed. */
export function joinSignedDocument(data: Uint8Array, signature: Uint8Array): Uint8Array {
  const lines = encodeBase64(signature).match(/.{1,76}/g) ?? [];
  const block = toBytes(`<!-- Base64 Signature\n${lines.join('\n')}\n-->\n`);
  const whole = new Uint8Array(data.length + block.length);
  whole.set(data);
  whole.set(block, data.length);
  return whole;
}

/** Index of the `<` of the last line that is exactly the start line. */
function lastStartLine(bytes: Uint8Array): number | null {
  for (let index = bytes.length - startLine.length; index > 0; index -= 1) {
    if (bytes[index - 1] !== newline || !beginsWith(bytes, startLine, index)) continue;
    const behind = bytes[index + startLine.length];
    if (behind === undefined || behind === newline) return index;
  }
  return null;
}

/** Line breaks anywhere, and blanks and padding at the end, do not count. */
function decodeBlock(block: Uint8Array): Uint8Array | null {
  const digits = block.filter((byte) => byte !== newline && byte !== carriageReturn);
  let end = digits.length;
  while (end > 0 && (digits[end - 1] === equals || isSpace(digits[end - 1]))) end -= 1;
  return decodeBase64(digits.subarray(0, end));
}

function readableStart(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 120));
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 80);
}

function trimmedEnd(bytes: Uint8Array, length: number): number {
  let end = length;
  while (end > 0 && isSpace(bytes[end - 1])) end -= 1;
  return end;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d && byte !== 0x0b);
}

function beginsWith(bytes: Uint8Array, part: Uint8Array, at: number): boolean {
  if (at < 0) return false;
  for (let index = 0; index < part.length; index += 1) {
    if (bytes[at + index] !== part[index]) return false;
  }
  return true;
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
