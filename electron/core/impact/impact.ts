import type { Stability } from '../../../shared/model/stability.ts';

/** A component that a program was last started with, or would be. */
export interface Use {
  /** Interface of the program. */
  readonly program: string;
  readonly interface: string;
  readonly isSource: boolean;
  readonly version: string;
  /** Which implementation, if that was remembered. */
  readonly implementation: { readonly fromFeed: string; readonly id: string } | null;
}

/** What feeds and the person say of a version now. */
export interface JudgedVersion {
  readonly fromFeed: string;
  readonly id: string;
  readonly version: string;
  readonly stability: Stability;
  readonly userRating: Stability | null;
  /** Why it cannot be used, or null. */
  readonly reason: string | null;
}

/** A used version that its feed calls buggy or insecure. */
export interface Flaw {
  readonly use: Use;
  readonly judged: JudgedVersion;
  readonly before: Stability | null;
  readonly now: 'buggy' | 'insecure';
}

/** What was known of versions when they were last looked at, by `versionKey`. */
export type Seen = Readonly<Record<string, Stability>>;

/** Name of a component in maps. */
export function componentKey({ interface: uri, isSource }: Pick<Use, 'interface' | 'isSource'>): string {
  return isSource ? `${uri}#source` : uri;
}

/** Name of a version in what was seen. */
export function versionKey({ fromFeed, id }: Pick<JudgedVersion, 'fromFeed' | 'id'>): string {
  return `${fromFeed}\n${id}`;
}

/** The programs' uses by component: whom a change of that component concerns. */
export function usesByComponent(uses: readonly Use[]): ReadonlyMap<string, readonly Use[]> {
  const map = new Map<string, Use[]>();
  for (const use of uses) {
    const key = componentKey(use);
    map.set(key, [...(map.get(key) ?? []), use]);
  }
  return map;
}

/**
 * Used versions that their feeds call buggy or insecure. What the person has rated is no news to them.
 *
 * @param versions of each component, by `componentKey`
 */
export function findFlaws(
  uses: ReadonlyMap<string, readonly Use[]>,
  versions: ReadonlyMap<string, readonly JudgedVersion[]>,
  seen: Seen,
): readonly Flaw[] {
  return [...uses].flatMap(([key, users]) =>
    users.flatMap((use): readonly Flaw[] => {
      const judged = judgedOf(use, versions.get(key) ?? []);
      if (judged?.userRating !== null) return [];
      const { stability: now } = judged;
      if (now !== 'buggy' && now !== 'insecure') return [];
      const known = ownValue(seen, versionKey(judged));
      return [{ use, judged, before: known === now ? null : known, now }];
    }),
  );
}

/** What is known now, besides what was known of versions that are flawed now: that is what they were before. */
export function seenNow(
  uses: ReadonlyMap<string, readonly Use[]>,
  versions: ReadonlyMap<string, readonly JudgedVersion[]>,
  seen: Seen,
): Seen {
  const next: Record<string, Stability> = {};
  for (const [key, users] of uses) {
    for (const use of users) {
      const judged = judgedOf(use, versions.get(key) ?? []);
      if (judged === null) continue;
      const name = versionKey(judged);
      const isFlawed = judged.stability === 'buggy' || judged.stability === 'insecure';
      const known = ownValue(seen, name);
      if (!isFlawed) next[name] = judged.stability;
      else if (known !== null) next[name] = known;
    }
  }
  return next;
}

/** Unique for what is said of a use: dismissing it holds until something else is said. */
export function flawId({ use, judged, now }: Flaw): string {
  return [use.program, judged.fromFeed, judged.id, now].join('\n');
}

/**
 * The version that is meant. Where only its number is known, and several have it, the flaw must be of every one that could
 * be used here at all.
 */
function judgedOf(use: Use, versions: readonly JudgedVersion[]): JudgedVersion | null {
  const { implementation } = use;
  if (implementation !== null) {
    return versions.find((one) => versionKey(one) === versionKey(implementation)) ?? null;
  }
  const same = versions.filter(({ version }) => version === use.version);
  const possible = same.filter(({ reason }) => reason === null || reason.startsWith('Poor stability'));
  return (possible.length > 0 ? possible : same).find(({ reason }) => reason === null) ?? possible[0] ?? null;
}

function ownValue(record: Seen, key: string): Stability | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null;
}
