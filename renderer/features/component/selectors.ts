import type { Stability, VersionList, VersionRow } from '../../../shared/model/index.ts';

/** How the list of versions is ordered. */
export type VersionOrder = 'policy' | 'version';

/** A rating that is about to be given. */
export interface RatingChange {
  readonly row: VersionRow;
  readonly rating: Stability | null;
}

/** Ratings in the order of the menu, the best first. */
export const ratingChoices = ['preferred', 'packaged', 'stable', 'testing', 'developer', 'buggy', 'insecure'] as const;

/** Unique among the versions of a component: feeds choose their ids freely. */
export function keyOfVersion(row: VersionRow): string {
  return `${row.fromFeed}\n${row.id}`;
}

/** The rows as they come (policy order), or the newest version first. */
export function orderVersions(rows: readonly VersionRow[], order: VersionOrder): readonly VersionRow[] {
  if (order === 'policy') return rows;
  return [...rows].sort((a, b) => compareVersions(b.version, a.version));
}

/** How many versions can be used. */
export function countUsable({ rows }: VersionList): number {
  return rows.filter((row) => row.reason === null).length;
}

/** What counts: the person's rating, else the feed's. */
export function effectiveStability(row: VersionRow): Stability {
  return row.userRating ?? row.stability;
}

/** Whether a change makes a version with a known flaw usable, which needs a second thought. */
export function liftsInsecure({ row, rating }: RatingChange): boolean {
  return effectiveStability(row) === 'insecure' && (rating ?? row.stability) !== 'insecure';
}

/** Whether a version is being preferred over better ones: marking the bad one is mostly what is meant. */
export function prefersLowerRow(list: VersionList, { row, rating }: RatingChange): boolean {
  if (rating !== 'preferred') return false;
  return list.rows.findIndex((one) => keyOfVersion(one) === keyOfVersion(row)) > 0;
}

const modifiers: Readonly<Record<string, number>> = { pre: -2, rc: -1, '': 0, post: 1 };

/**
 * Version order for showing alone; choosing happens in the main process.
 * @see the Zero Install feed format, "Version numbers"
 */
export function compareVersions(a: string, b: string): number {
  const left = parts(a);
  const right = parts(b);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const one = left[index];
    const other = right[index];
    if (one === undefined || other === undefined) {
      const rest = one ?? other;
      const sign = one === undefined ? -1 : 1;
      return sign * (rest !== undefined && rest.modifier < 0 ? -1 : 1);
    }
    if (one.modifier !== other.modifier) return one.modifier - other.modifier;
    const difference = compareNumbers(one.numbers, other.numbers);
    if (difference !== 0) return difference;
  }
  return 0;
}

function parts(version: string): readonly { readonly modifier: number; readonly numbers: readonly number[] }[] {
  return version.split('-').map((part) => {
    const [, modifier = '', digits = ''] = /^([a-z]*)(.*)$/.exec(part) ?? [];
    return {
      modifier: modifiers[modifier] ?? 0,
      numbers: digits
        .split('.')
        .filter((one) => one !== '')
        .map(Number),
    };
  });
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
