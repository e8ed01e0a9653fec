import { parseVersionExpression } from '../version/expression.ts';
import { compareVersions, parseVersion } from '../version/version.ts';

/** Version expressions by interface, as `extra_restrictions` of the requirements. */
export type Restrictions = Readonly<Record<string, string>>;

/** A version that is not wanted. */
export interface Skip {
  readonly interface: string;
  readonly version: string;
  /** Nor is any later one before this; null = only that version. */
  readonly until: string | null;
}

/** What an app stays with. */
export interface Hold {
  /** By interface. */
  readonly versions: Restrictions;
  /** When it ends, ISO 8601; null = when somebody says so. */
  readonly until: string | null;
}

/** How an app is kept from updates. */
export interface Holding {
  /** What is asked for without all this. */
  readonly asked: Restrictions;
  /** The restrictions that were written because of it. Where others stand now, somebody has changed his mind since. */
  readonly written: Restrictions;
  readonly hold: Hold | null;
  readonly skips: readonly Skip[];
}

/** Of an app that takes every update. */
export function noHolding(asked: Restrictions): Holding {
  return { asked, written: asked, hold: null, skips: [] };
}

/** Takes over what was changed in the requirements by other means, which counts more than what is held or skipped. */
export function reconcile(holding: Holding, present: Restrictions): Holding {
  const uris = new Set([...Object.keys(holding.written), ...Object.keys(present)]);
  const changed = [...uris].filter((uri) => holding.written[uri] !== present[uri]);
  if (changed.length === 0) return holding;
  const { asked, hold, skips } = holding;
  const without = (map: Restrictions): Restrictions =>
    Object.fromEntries(Object.entries(map).filter(([uri]) => !changed.includes(uri)));
  const theirs = changed.flatMap((uri) => (present[uri] === undefined ? [] : [[uri, present[uri]] as const]));
  const versions = hold === null ? {} : without(hold.versions);
  return {
    asked: { ...without(asked), ...Object.fromEntries(theirs) },
    written: present,
    hold: hold === null || Object.keys(versions).length === 0 ? null : { ...hold, versions },
    skips: skips.filter((skip) => !changed.includes(skip.interface)),
  };
}

/** Without a hold whose time is over. @param nowMs milliseconds since 1970 */
export function lifted(holding: Holding, nowMs: number): Holding {
  const { hold } = holding;
  const isOver = hold !== null && hold.until !== null && Date.parse(hold.until) <= nowMs;
  return isOver ? { ...holding, hold: null } : holding;
}

/**
 * The restrictions that say all of it in the words of the format, so that other programs keep to it as well.
 *
 * @throws AppError `bad-version`
 */
export function restrictionsOf({ asked, hold, skips }: Holding): Restrictions {
  if (hold !== null) return { ...asked, ...hold.versions };
  const result = new Map(Object.entries(asked));
  for (const { interface: uri, version, until } of skips) {
    result.set(uri, without(result.get(uri) ?? '..', version, until ?? after(version)));
  }
  return Object.fromEntries(result);
}

/** Versions from `from` on, before `before`; null = open. */
interface Interval {
  readonly from: string | null;
  readonly before: string | null;
}

/**
 * What follows a version at once: expressions have no range that begins behind a version. Nothing that anybody publishes lies
 * between `1.2` and `1.2-0`.
 */
function after(version: string): string {
  return `${version}-0`;
}

/** An expression that admits the same but the versions of an interval. */
function without(expression: string, from: string, before: string): string {
  const kept = intervalsOf(expression).flatMap((interval) => [
    ...meet(interval, { from: null, before: from }),
    ...meet(interval, { from: before, before: null }),
  ]);
  return formatIntervals(kept);
}

function intervalsOf(expression: string): readonly Interval[] {
  return parseVersionExpression(expression).flatMap((range): Interval[] => {
    switch (range.type) {
      case 'range':
        return [{ from: range.from?.text ?? null, before: range.before?.text ?? null }];
      case 'equal':
        return [{ from: range.version.text, before: after(range.version.text) }];
      case 'not':
        return [
          { from: null, before: range.version.text },
          { from: after(range.version.text), before: null },
        ];
    }
  });
}

/** What lies in both; nothing or one interval. */
function meet(a: Interval, b: Interval): readonly Interval[] {
  const from = a.from === null || (b.from !== null && isBefore(a.from, b.from)) ? b.from : a.from;
  const before = a.before === null || (b.before !== null && isBefore(b.before, a.before)) ? b.before : a.before;
  return from !== null && before !== null && !isBefore(from, before) ? [] : [{ from, before }];
}

function isBefore(a: string, b: string): boolean {
  return compareVersions(parseVersion(a), parseVersion(b)) < 0;
}

function formatIntervals(intervals: readonly Interval[]): string {
  const [first, second] = intervals;
  // Nothing is left: an interval that holds no version, since the empty text would be no restriction.
  if (first === undefined) return '0..!0';
  if (second !== undefined && intervals.length === 2 && first.from === null && second.before === null) {
    if (first.before !== null && second.from === after(first.before)) return `!${first.before}`;
  }
  return intervals
    .map(({ from, before }) => {
      if (from !== null && before === after(from)) return from;
      return `${from ?? ''}..${before === null ? '' : `!${before}`}`;
    })
    .join(' | ');
}
