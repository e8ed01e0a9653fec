const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const values = /* @__PURE__ */ (() => {
  const table = new Int8Array(256).fill(-1);
  for (let index = 0; index < alphabet.length; index += 1) table[alphabet.charCodeAt(index)] = index;
  return table;
})();

/**
 * Decodes Base64 digits without padding.
 *
 * @returns `null` for any other character, or for a single digit left over
 */
export function decodeBase64(digits: Uint8Array): Uint8Array | null {
  if (digits.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let collected = 0;
  let bits = 0;
  let length = 0;
  for (const digit of digits) {
    const value = values[digit] ?? -1;
    if (value < 0) return null;
    collected = ((collected << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length] = (collected >> bits) & 0xff;
      length += 1;
    }
  }
  return bytes;
}

/** Base64 with padding, without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const a = bytes[index] ?? 0;
    const b = bytes[index + 1];
    const c = bytes[index + 2];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += alphabet.charAt(group >> 18) + alphabet.charAt((group >> 12) & 63);
    text += b === undefined ? '=' : alphabet.charAt((group >> 6) & 63);
    text += c === undefined ? '=' : alphabet.charAt(group & 63);
  }
  return text;
}
