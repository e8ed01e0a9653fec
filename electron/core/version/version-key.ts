import type { VersionPart } from './model.ts';

// All below the characters of numbers, so that a list that ends is less than one that goes on.
const listEnd = '\u0001';
const modifiers = ['\u0002', '\u0003', '\u0004', '\u0005'] as const;
const lengthBase = 0x20;

/**
 * A text whose plain order is the order of versions. Ranking compares versions very often, and texts compare faster than
 * lists of numbers. A number is written after the count of its digits, so longer ones are greater.
 *
 * @see selection.md 2.3
 */
export function keyOf(parts: readonly VersionPart[]): string {
  let key = '';
  for (const { list, modifier } of parts) {
    for (const number of list) {
      const digits = number.toString();
      key += String.fromCharCode(lengthBase + digits.length) + digits;
    }
    key += listEnd + modifiers[modifier];
  }
  return key;
}

/** The part of a key that stands for the first number list. */
export function firstListKey(key: string): string {
  return key.slice(0, key.indexOf(listEnd));
}
