import { kinds, refused } from './characters.ts';

const reference = /&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9a-f]{1,6}));/gi;
const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Replaces references to characters; null if one is not defined. */
export function withoutReferences(text: string): string | null {
  let count = 0;
  const replaced = text.replace(reference, (whole, name?: string, decimal?: string, hexadecimal?: string) => {
    const character = characterOf(name, decimal, hexadecimal);
    if (character !== undefined) count++;
    return character ?? whole;
  });
  return text.split('&').length - 1 === count ? replaced : null;
}

function characterOf(name?: string, decimal?: string, hexadecimal?: string): string | undefined {
  if (name !== undefined) return predefined[name];
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

function isCharacter(code: number): boolean {
  if (code < 0x10000) return kinds[code] !== refused || code === 13;
  return code <= 0x10ffff;
}
