import type { Selections } from '../selections/model.ts';
import { parseVersionExpression, versionMatches } from '../version/expression.ts';
import { parseVersion } from '../version/version.ts';
import type { Restrictions } from './holding.ts';

/** Whether what was selected is still allowed by restrictions that may have been written since. */
export function meetsRestrictions({ selections }: Selections, restrictions: Restrictions): boolean {
  return selections.every(({ interface: uri, version }) => {
    const text = Object.hasOwn(restrictions, uri) ? restrictions[uri] : undefined;
    return text === undefined || versionMatches(parseVersionExpression(text), parseVersion(version));
  });
}

/**
 * Restrictions with some changed; `null` removes one.
 *
 * @throws AppError `bad-version`
 */
export function withRestrictions(
  restrictions: Restrictions,
  changes: Readonly<Record<string, string | null>>,
): Restrictions {
  const kept = Object.entries(restrictions).filter(([uri]) => !Object.hasOwn(changes, uri));
  const added = Object.entries(changes).flatMap(([uri, text]) => (text === null ? [] : [[uri, text] as const]));
  for (const [, text] of added) parseVersionExpression(text);
  return Object.fromEntries([...kept, ...added]);
}
