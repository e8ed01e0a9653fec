import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import type { Version, VersionRange } from './model.ts';
import { compareVersions, parseVersion } from './version.ts';

/**
 * Reads a version expression: alternatives separated by `|`. The empty text has none and matches nothing.
 *
 * @throws AppError `bad-version` with the whole expression as `text` and the reference's reason
 * @see selection.md 3
 */
export function parseVersionExpression(text: string): readonly VersionRange[] {
  if (text === '') return [];
  try {
    return text.split('|').map((alternative) => parseAlternative(trimSpaces(alternative)));
  } catch (error) {
    if (!isAppError(error, 'bad-version') || error.params.text === text) throw error;
    throw new AppError('bad-version', { text, reason: error.params.reason }, { cause: error });
  }
}

/** Whether any of the alternatives admits a version. */
export function versionMatches(ranges: readonly VersionRange[], version: Version): boolean {
  return ranges.some((range) => isInRange(range, version));
}

function isInRange(range: VersionRange, version: Version): boolean {
  switch (range.type) {
    case 'equal':
      return compareVersions(version, range.version) === 0;
    case 'not':
      return compareVersions(version, range.version) !== 0;
    case 'range':
      return (
        (range.from === null || compareVersions(version, range.from) >= 0) &&
        (range.before === null || compareVersions(version, range.before) < 0)
      );
  }
}

function parseAlternative(text: string): VersionRange {
  // The last `..` divides, so that `1...!2` complains about `1.`.
  const dots = text.lastIndexOf('..');
  if (dots >= 0) {
    const start = text.slice(0, dots);
    const end = text.slice(dots + 2);
    if (end !== '' && !end.startsWith('!')) {
      const reason = `End of range must be exclusive (use '..!${end}', not '..${end}')`;
      throw new AppError('bad-version', { text, reason });
    }
    return {
      type: 'range',
      from: start === '' ? null : parseVersion(start),
      before: end.length < 2 ? null : parseVersion(end.slice(1)),
    };
  }
  if (text.startsWith('!')) return { type: 'not', version: parseVersion(text.slice(1)) };
  return { type: 'equal', version: parseVersion(text) };
}

/** Only the white space of the format: `trim` would also take off what Unicode calls space. */
function trimSpaces(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && ' \t\n\r\f'.includes(text.charAt(start))) start++;
  while (end > start && ' \t\n\r\f'.includes(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
