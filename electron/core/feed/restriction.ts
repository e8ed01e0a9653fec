import { isAppError } from '../../../shared/errors/app-error.ts';
import { parseVersionExpression } from '../version/expression.ts';
import type { Restriction } from './model.ts';
import { unescapeUnderscore } from './names.ts';

/**
 * Reads the text of a `version` attribute or of a person's restriction: a version expression, or `=FEED/ID` for one
 * implementation. What cannot be read is a restriction that nothing meets.
 *
 * @see selection.md 3, feeds.md 8.2
 */
export function parseRestriction(text: string): Restriction {
  const exact = /^=(.+)\/([^/]*)$/s.exec(text);
  if (exact?.[1] !== undefined && exact[2] !== undefined) {
    const feed = exact[1];
    const id = unescapeUnderscore(exact[2]);
    return { type: 'exact', text: `feed="${feed}", impl="${id}"`, feed, id };
  }
  try {
    return { type: 'version', text: `version ${text}`, ranges: parseVersionExpression(text) };
  } catch (error) {
    if (!isAppError(error, 'bad-version')) throw error;
    const { reason } = error.params;
    return {
      type: 'impossible',
      text: `<impossible: Can't parse version restriction '${text}': ${reason}>`,
      reason,
    };
  }
}
