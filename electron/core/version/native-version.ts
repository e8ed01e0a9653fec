import type { Version, VersionPart } from './model.ts';
import { formatVersion, toVersion } from './version.ts';

/** Numbers stop growing here, so that hashes in package versions do not overflow. */
const ceiling = 9_999_999_999_999_999n;

/**
 * Makes a version of what a package manager calls one: the epoch goes, letters go or divide, `~` becomes `-pre`.
 *
 * @returns null if there is no number in it
 * @see selection.md 2.5
 */
export function cleanNativeVersion(text: string): Version | null {
  let parts: VersionPart[] = [];
  let position = 0;
  while (position < text.length) {
    if (text[position] === ':') parts = [];
    if (!isDigit(text[position])) {
      position++;
      continue;
    }
    const list = readList(text, position);
    const modifier = readModifier(text, list.end);
    parts.push({ list: list.numbers, modifier: modifier.value });
    position = modifier.end;
  }
  if (parts.length === 0) return null;
  return toVersion(formatVersion({ parts }), parts);
}

function readList(text: string, start: number): { readonly numbers: (number | bigint)[]; readonly end: number } {
  const numbers: (number | bigint)[] = [];
  let position = start;
  while (isDigit(text[position])) {
    let value = 0n;
    for (; isDigit(text[position]); position++) {
      value = value >= ceiling ? ceiling : value * 10n + BigInt(text[position] ?? 0);
    }
    numbers.push(value <= Number.MAX_SAFE_INTEGER ? Number(value) : value);
    if (isLetter(text[position]) && isDigit(text[position + 1])) {
      position++;
      continue;
    }
    position = skipLetters(text, position);
    if (text[position] !== '.') break;
    position = skipLetters(text, position + 1);
  }
  return { numbers, end: position };
}

function readModifier(text: string, start: number): { readonly value: VersionPart['modifier']; readonly end: number } {
  if (text[start] === '~') return { value: 0, end: start + 1 };
  if (text[start] !== '_' && text[start] !== '-') return { value: 2, end: start };
  const rest = text.slice(start + 1, start + 5);
  if (rest.startsWith('pre')) return { value: 0, end: start + 4 };
  if (rest.startsWith('post')) return { value: 3, end: start + 5 };
  if (rest.startsWith('rc')) return { value: 1, end: start + 3 };
  return { value: 2, end: /^r[0-9]/.test(rest) ? start + 2 : start + 1 };
}

function skipLetters(text: string, start: number): number {
  let position = start;
  while (isLetter(text[position])) position++;
  return position;
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function isLetter(character: string | undefined): boolean {
  return character !== undefined && character >= 'a' && character <= 'z';
}
