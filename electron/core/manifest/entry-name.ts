/** Which rules names must obey besides those of manifests. */
export type NameRules = 'posix' | 'windows';

/**
 * Says why a leaf name may not be in a store.
 *
 * A newline would let one name imitate the manifest lines of others, so that two trees had one digest. What is not well
 * formed as UTF-16 has no UTF-8 form to hash.
 *
 * @returns null if it may
 * @see store.md 3.4, 3.6
 */
export function nameProblem(name: string, rules: NameRules = 'posix'): string | null {
  if (name === '') return 'empty name';
  if (name === '.' || name === '..') return 'not a name';
  // Nearly all names are of this kind, and the second look costs several times as much.
  if (!/^[\x20-\x2e\x30-\x7e]+$/.test(name) && /[/\n\0]|\p{Surrogate}/u.test(name)) {
    if (name.includes('\n')) return 'newline in a name';
    if (name.includes('/')) return 'slash in a name';
    return name.includes('\0') ? 'NUL in a name' : 'name that is not UTF-8';
  }
  return rules === 'windows' ? windowsProblem(name) : null;
}

function windowsProblem(name: string): string | null {
  if (/[\u0000-\u001f<>:"\\|?*]/.test(name)) return 'character that Windows does not allow in a name';
  if (/[. ]$/.test(name)) return 'name that ends with a dot or a space';
  // The device is meant whatever the extension, and also with superscript digits.
  if (/^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?: *\.|$)/i.test(name)) {
    return 'name of a Windows device';
  }
  return null;
}

/**
 * Orders names by their UTF-8 bytes. Comparing strings would compare UTF-16 units and put U+1F600 before U+FF5E.
 *
 * @returns negative, zero or positive, as for `Array.sort`
 * @see store.md 3.2
 */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const x = a.charCodeAt(index);
    const y = b.charCodeAt(index);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? afterSurrogates(x) - afterSurrogates(y) : x - y;
  }
  return a.length - b.length;
}

// Surrogates stand for the characters after U+FFFF, so they go behind the rest of the plane.
function afterSurrogates(unit: number): number {
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

/** Sorts names by their UTF-8 bytes, in place. */
export function sortNames(names: string[]): string[] {
  // The engine's own order is several times faster, and the same while no unit is a surrogate or above.
  return names.some((name) => /[\ud800-\uffff]/.test(name)) ? names.sort(compareNames) : names.sort();
}
