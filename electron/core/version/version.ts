import { AppError } from '../../../shared/errors/app-error.ts';
import type { Version, VersionPart } from './model.ts';
import { keyOf } from './version-key.ts';

type Modifier = VersionPart['modifier'];

const modifiers: Readonly<Record<string, Modifier>> = { '-pre': 0, '-rc': 1, '-': 2, '-post': 3 };
const modifierTexts = ['-pre', '-rc', '-', '-post'] as const;
const bare: Modifier = 2;

/** The format's numbers are 64-bit and signed. */
const largest = 9_223_372_036_854_775_807n;
/** Digits that always fit exactly into a JavaScript number. */
const safeDigits = 15;

/**
 * Reads a version number.
 *
 * @throws AppError `bad-version` with the reference's reason
 * @see selection.md 2.1 and 2.2
 */
export function parseVersion(text: string): Version {
  if (text === '') throw bad(text, 'Empty version string!');
  // Nearly every version is a plain dotted list.
  if (!text.includes('-')) return toVersion(text, [{ list: parseList(text, text), modifier: bare }]);
  if (text.endsWith('-')) throw bad(text, `Version ends with a dash: '${text}'`);

  const lists = text.split(/-[a-z]*/);
  const words = text.match(/-[a-z]*/g) ?? [];
  const parts: VersionPart[] = [];
  // From the end, because of several mistakes the reference names the last.
  for (let index = lists.length - 1; index >= 0; index--) {
    const list = lists[index] ?? '';
    const word = words[index];
    // After the last modifier there is a part only if there is a list.
    if (word === undefined && list === '') continue;
    const modifier = word === undefined ? bare : modifiers[word];
    if (modifier === undefined) throw bad(text, `Invalid version modifier '${word ?? ''}'`);
    parts.push({ list: list === '' ? [] : parseList(list, text), modifier });
  }
  parts.reverse();
  return toVersion(text, parts);
}

/** A version that is written in some way. */
export function toVersion(text: string, parts: readonly VersionPart[]): Version {
  return { text, parts, key: keyOf(parts) };
}

/**
 * Orders two versions: lexicographic over parts, in a part the list before the modifier, a proper prefix being less.
 *
 * @returns negative, zero or positive, as for `Array.sort`
 * @see selection.md 2.3
 */
export function compareVersions(a: Version, b: Version): number {
  if (a === b) return 0;
  const left = a.parts;
  const right = b.parts;
  const common = Math.min(left.length, right.length);
  for (let index = 0; index < common; index++) {
    const one = left[index] as VersionPart;
    const other = right[index] as VersionPart;
    const order = compareLists(one.list, other.list) || one.modifier - other.modifier;
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Writes the canonical text: plain numbers, no bare dash at the end. Equal versions have the same one. */
export function formatVersion(version: Pick<Version, 'parts'>): string {
  const text = version.parts.map((part) => part.list.join('.') + modifierTexts[part.modifier]).join('');
  return text.endsWith('-') ? text.slice(0, -1) : text;
}

function compareLists(a: VersionPart['list'], b: VersionPart['list']): number {
  const common = Math.min(a.length, b.length);
  for (let index = 0; index < common; index++) {
    const one = a[index] as number | bigint;
    const other = b[index] as number | bigint;
    // Also right between a number and a bigint: one value never has both forms.
    if (one < other) return -1;
    if (one > other) return 1;
  }
  return a.length - b.length;
}

function parseList(list: string, text: string): VersionPart['list'] {
  return list.split('.').map((item) => {
    const number = /^[0-9]+$/.test(item) ? toNumber(item) : undefined;
    if (number === undefined) throw bad(text, `Cannot parse '${item}' as a 64-bit integer (in '${text}')`);
    return number;
  });
}

/** The value of some digits, or undefined if it is out of range. */
function toNumber(digits: string): number | bigint | undefined {
  if (digits.length <= safeDigits) return Number(digits);
  const significant = digits.replace(/^0+(?=.)/, '');
  // Nothing longer than the largest is worth the work of reading it.
  if (significant.length > 19) return undefined;
  const value = BigInt(significant);
  if (value > largest) return undefined;
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function bad(text: string, reason: string): AppError<'bad-version'> {
  return new AppError('bad-version', { text, reason });
}
