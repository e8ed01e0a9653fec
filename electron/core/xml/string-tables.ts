// Reading documents makes the same few strings again and again. These tables find one by characters of a larger text,
// without making it first. A newer string takes the place of an older one, so they never grow. Both are for short strings:
// longer ones are not copies but windows on the document, which they would keep alive.

const namePlaces = 1 << 10;
const names = new Array<string>(namePlaces).fill('');
const maxNameLength = 40;

const valuePlaces = 1 << 14;
const values = new Array<string>(valuePlaces).fill('');
const maxValueLength = 12;

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

/** A name as the engine keeps it. */
export function internedName(name: string): string {
  // The engine makes names of properties such strings.
  return Object.keys({ [name]: true })[0] ?? name;
}

/** The part of a text as the value of an attribute: the same string as the last time, if it is a short one. */
export function valueIn(text: string, start: number, end: number, hash: number): string {
  const length = end - start;
  if (length > maxValueLength) return text.slice(start, end);
  const place = (hash ^ (hash >>> 15)) & (valuePlaces - 1);
  const known = values[place] as string;
  if (known.length === length && text.startsWith(known, start)) return known;
  const value = text.slice(start, end);
  values[place] = value;
  return value;
}
