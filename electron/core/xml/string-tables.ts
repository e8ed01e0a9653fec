// Documents have the same few names again and again. These tables find one by characters of a larger text, without making it
// first. A newer name takes the place of an older one, so they never grow. Both are for short names: longer ones are not copies
// but windows on the document, which they would keep alive. (For values this does not pay: they are too many.)

const namePlaces = 1 << 10;
const names = new Array<string>(namePlaces).fill('');
const maxNameLength = 40;
/** The same, by their first four characters. */
const guesses = new Array<string>(1 << 10).fill('');

/**
 * The part of a text as a name of an element or attribute: the string that the engine keeps for literals and names of
 * properties too. Comparing it with one of those, or reading a property by it, never looks at its characters.
 *
 * @param hash any number that depends on its characters only
 */
export function nameIn(text: string, start: number, end: number, hash: number): string {
  const place = (hash ^ (hash >>> 11)) & (namePlaces - 1);
  const known = names[place] as string;
  if (known.length === end - start && text.startsWith(known, start)) return known;
  const name = internedName(text.slice(start, end));
  if (name.length <= maxNameLength) names[place] = name;
  return name;
}

/** The name that began with the same characters the last time; the text need not go on like it. */
export function guessName(text: string, start: number): string {
  return guesses[guessPlace(text, start)] as string;
}

/** Makes a name the next guess. */
export function rememberGuess(text: string, start: number, name: string): void {
  if (name.length <= maxNameLength) guesses[guessPlace(text, start)] = name;
}

function guessPlace(text: string, start: number): number {
  const first = text.charCodeAt(start) * 31 + text.charCodeAt(start + 1);
  return (first * 31 + text.charCodeAt(start + 2) * 7 + text.charCodeAt(start + 3)) & (guesses.length - 1);
}

/** A name as the engine keeps it. */
export function internedName(name: string): string {
  // The engine makes names of properties such strings.
  return Object.keys({ [name]: true })[0] ?? name;
}
