/** Whether an attribute keeps its white space; the format folds it everywhere else. @see feeds.md 1.2 */
export function isVerbatim(name: string): boolean {
  return name === 'separator' || name === 'value' || name === 'default';
}

const unfolded = /^[ \t\r\n]|[ \t\r\n]$|[\t\r\n]| {2}/;

/** Trims a value and makes one space of every run of white space. */
export function foldSpaces(value: string): string {
  if (!unfolded.test(value)) return value;
  return value
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== '')
    .join(' ');
}
