/** Names of files that tell what is new, best first. */
const names = [/^change(?:s|log)$/i, /^news$/i, /^release[-_ ]?notes$/i, /^history$/i];
const endings = /\.(?:md|markdown|txt|rst)$/i;
const maxChars = 8000;

/** The file of a directory that tells what is new; null if none does. */
export function findNotes(files: readonly string[]): string | null {
  for (const name of names) {
    const found = files.filter((file) => name.test(file.replace(endings, ''))).sort();
    if (found[0] !== undefined) return found[0];
  }
  return null;
}

/**
 * The part of such a file that is about what came after one version, up to another one. Newest first, as nearly everybody writes it: from
 * the headline of the new version to that of the old one.
 *
 * @param from null = everything up to `to`
 * @returns null if the new version is not spoken of
 */
export function notesBetween(text: string, from: string | null, to: string): string | null {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const start = lines.findIndex((line) => isHeadline(line, to));
  if (start === -1) return null;
  const rest = lines.slice(start);
  const end = from === null ? -1 : rest.findIndex((line, index) => index > 0 && isHeadline(line, from));
  const part = (end === -1 ? rest : rest.slice(0, end)).join('\n').trim();
  return part.length > maxChars ? `${part.slice(0, maxChars).trimEnd()}\n…` : part;
}

/** Whether a line is short and names exactly this version: `## 2.0 (2026-11-01)`, `Version 2.0:`, `memo (2.0-1) unstable`. */
function isHeadline(line: string, version: string): boolean {
  if (line.length > 120 || /^\s*[-*+]\s/.test(line) || /^\s{2,}/.test(line)) return false;
  const at = line.indexOf(version);
  if (at === -1) return false;
  const isPart = (char: string | undefined): boolean => char !== undefined && /[\w.]/.test(char);
  const behind = line.slice(at + version.length);
  const before = line[at - 1];
  return (!isPart(before) || before === 'v') && !/^(?:\.?\w|-(?:pre|rc|post))/.test(behind);
}
