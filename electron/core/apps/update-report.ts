import { type SelectionChange, formatChange, selectionChanges } from '../selections/changes.ts';
import type { Selections } from '../selections/model.ts';
import { selectionsToXml } from '../selections/to-xml.ts';
import { compareVersions, parseVersion } from '../version/version.ts';
import { elementsEqual } from '../xml/format.ts';

/** A version of the program that exists, used or not. */
export interface KnownVersion {
  readonly fromFeed: string;
  readonly version: string;
  readonly isStable: boolean;
}

/** What an update brought. */
export interface UpdateOutcome {
  readonly before: Selections;
  readonly after: Selections;
  readonly versions: readonly KnownVersion[];
  readonly helpWithTesting: boolean;
}

/** Whether two selections documents say the same. @see selection.md 15.5 */
export function isSameDocument(a: Selections, b: Selections): boolean {
  return elementsEqual(selectionsToXml(a), selectionsToXml(b));
}

/**
 * What there is to say about an update, in lines.
 *
 * @see selection.md 14.3
 */
export function updateReport({ before, after, versions, helpWithTesting }: UpdateOutcome): readonly string[] {
  const changes: readonly SelectionChange[] = selectionChanges(before, after);
  const lines = changes.map(formatChange);
  const current = rootVersion(after);
  if (changes.length === 0 && !isSameDocument(before, after)) {
    lines.push(`Updates to metadata found, but no change to version (${current}).`);
  }
  const newest = newestOf(versions);
  if (newest !== null && compareVersions(parseVersion(newest.version), parseVersion(current)) > 0) {
    const name = `${newest.fromFeed} ${newest.version}`;
    lines.push(`A later version (${name}) exists but was not selected. Using ${current} instead.`);
    if (!newest.isStable && !helpWithTesting) {
      lines.push('To select "testing" versions, use:', '0desk config help_with_testing True');
    }
  } else if (lines.length === 0) lines.push(`No updates found. Continuing with version ${current}.`);
  return lines;
}

/** The version of the program itself. */
export function rootVersion({ interface: uri, isSource, selections }: Selections): string {
  const root = selections.find((selection) => selection.interface === uri && selection.isSource === isSource);
  return root?.version ?? '';
}

function newestOf(versions: readonly KnownVersion[]): KnownVersion | null {
  let newest: KnownVersion | null = null;
  for (const one of versions) {
    if (newest === null || compareVersions(parseVersion(one.version), parseVersion(newest.version)) > 0) newest = one;
  }
  return newest;
}
