/** Largest icon we take: 512 KiB, and 1024 pixels each way. */
export const maxIconBytes = 512 * 1024;
const maxPixels = 1024;

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const headerChunk = [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

/**
 * Whether bytes begin as a PNG image of a size that an icon may have. Icons are not signed: they are decoded only where a
 * damaged one harms nothing.
 *
 * @see trust-and-download.md 10
 */
export function isIcon(bytes: Uint8Array): boolean {
  return iconSize(bytes) !== null;
}

/** Pixels each way of what `isIcon` accepts; null for anything else. */
export function iconSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 33 || bytes.length > maxIconBytes) return null;
  if (![...signature, ...headerChunk].every((byte, index) => bytes[index] === byte)) return null;
  const width = readNumber(bytes, 16);
  const height = readNumber(bytes, 20);
  return width > 0 && height > 0 && width <= maxPixels && height <= maxPixels ? { width, height } : null;
}

function readNumber(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + 4; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}
