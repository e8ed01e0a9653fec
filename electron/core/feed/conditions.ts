import { isAppError } from '../../../shared/errors/app-error.ts';
import { parseVersionExpression, versionMatches } from '../version/expression.ts';
import type { Version } from '../version/model.ts';
import { compareVersions, parseVersion } from '../version/version.ts';
import type { XmlElement } from '../xml/element.ts';
import { describe, type FeedContext, reject, versionOf } from './context.ts';

/** The attribute that makes an element conditional. */
export const conditionAttribute = 'if-0install-version';

/**
 * Drops every element whose `if-0install-version` does not admit the program, and removes the attribute from the others.
 *
 * @returns null if nothing is left
 * @throws AppError `bad-feed` if a condition cannot be read
 * @see feeds.md 1.3
 */
export function applyConditions(context: FeedContext, element: XmlElement, program: string): XmlElement | null {
  return filter(context, element, parseVersion(program));
}

/**
 * Refuses a feed that asks for a newer program than we are.
 *
 * @throws AppError `bad-feed`
 */
export function checkProgramVersion(context: FeedContext, root: XmlElement, program: string): void {
  const wanted = root.attributes['min-injector-version'];
  if (wanted === undefined || compareVersions(versionOf(context, wanted), parseVersion(program)) <= 0) return;
  const place = describe(context, root);
  throw reject(context, `Feed requires 0install version ${wanted} or later (we are ${program}): ${place}`);
}

function filter(context: FeedContext, element: XmlElement, program: Version): XmlElement | null {
  const { [conditionAttribute]: condition, ...attributes } = element.attributes;
  if (condition !== undefined && !isMet(context, condition, program)) return null;
  let isChanged = condition !== undefined;
  const children: XmlElement[] = [];
  for (const child of element.children) {
    const kept = filter(context, child, program);
    if (kept !== null) children.push(kept);
    if (kept !== child) isChanged = true;
  }
  return isChanged ? { ...element, attributes, children } : element;
}

function isMet(context: FeedContext, condition: string, program: Version): boolean {
  try {
    return versionMatches(parseVersionExpression(condition), program);
  } catch (error) {
    if (!isAppError(error, 'bad-version')) throw error;
    throw reject(context, `${error.params.reason}\n... parsing version expression '${condition}'`);
  }
}
