import { compareNames } from './entry-name.ts';

/** More lines would not be read by anybody, and a report travels to the window. */
const maxDifferences = 10_000;

/** What a verification found. All digests are directory names. */
export interface Verification {
  readonly expected: string;
  /** Digest of the contents. */
  readonly actual: string;
  /** Digest of the file `.manifest`; null if there is none. */
  readonly recorded: string | null;
  readonly actualManifest: string;
  /** Text of the file `.manifest`, empty if there is none. */
  readonly recordedManifest: string;
}

/** Whether a tree is what its name says. @see store.md 4 */
export function isVerified(found: Verification): boolean {
  return found.actual === found.expected && (found.recorded === null || found.recorded === found.actual);
}

/** Explains why a tree is not what its name says, in the words of the command-line tools. @see store.md 4 */
export function verifyReport(found: Verification): string {
  const lines = [
    'Cached item does NOT verify:',
    `${found.expected} (expected digest)`,
    `${found.actual} (actual contents)`,
  ];
  if (found.recorded !== null) lines.push(`${found.recorded} (recorded in .manifest)`);
  lines.push('', ...explanation(found));
  return lines.join('\n');
}

function explanation(found: Verification): readonly string[] {
  if (found.recorded === null) return ['No .manifest, so no further details available.'];
  if (found.recorded === found.actual) return ['The .manifest file matches the actual contents. Very strange!'];
  if (found.recorded === found.expected) {
    return [
      'The .manifest file matches the directory name.',
      'The contents of the directory have changed:',
      '- Recorded',
      '+ Actual',
      ...manifestDifferences(found.recordedManifest, found.actualManifest),
    ];
  }
  if (found.actual === found.expected) {
    return ['The directory contents are correct, but the .manifest file is wrong!'];
  }
  return ['The .manifest file matches neither of the other digests. Odd.'];
}

/**
 * The lines in which two manifests differ, sorted by path: `- ` before those only in the first, `+ ` before those only in
 * the second, both for a changed one. At most 10,000, then a note.
 */
export function manifestDifferences(recorded: string, actual: string): readonly string[] {
  const left = index(recorded);
  const right = index(actual);
  const found: string[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    const order = a === undefined ? 1 : b === undefined ? -1 : compareNames(a.path, b.path);
    if (a !== undefined && order <= 0) i++;
    if (b !== undefined && order >= 0) j++;
    if (order === 0 && a!.line === b!.line) continue;
    if (order <= 0) found.push(`- ${a!.line}`);
    if (order >= 0) found.push(`+ ${b!.line}`);
  }
  if (found.length <= maxDifferences) return found;
  return [...found.slice(0, maxDifferences), `(${found.length - maxDifferences} more)`];
}

interface IndexedLine {
  readonly path: string;
  readonly line: string;
}

// The top counts as `/`, hence two slashes before its names, which sort before those of all other directories.
function index(manifest: string): readonly IndexedLine[] {
  const lines: IndexedLine[] = [];
  let directory = '/';
  for (const line of manifest.split('\n')) {
    if (line === '') continue;
    const path = /^D (?:-?[0-9]+ )?(\/.*)$/s.exec(line)?.[1];
    if (path !== undefined) directory = path;
    lines.push({ path: path ?? `${directory}/${leafName(line)}`, line });
  }
  return lines.sort((a, b) => compareNames(a.path, b.path) || compareNames(a.line, b.line));
}

function leafName(line: string): string {
  return /^(?:S [^ ]* [^ ]*|[FX] [^ ]* [^ ]* [^ ]*) (.*)$/s.exec(line)?.[1] ?? line;
}
