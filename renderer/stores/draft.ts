import type { Comparison, Draft, Stability, VersionList, VersionRow } from '../../shared/model/index.ts';
import { valueOf, type Loadable } from './loadable.ts';

/** A rating more in a draft. One that the person has given already is no change. */
export function withRating(draft: Draft, row: VersionRow, rating: Stability | null): Draft {
  const { fromFeed, id, userRating } = row;
  const { [id]: _, ...others } = draft.ratings?.[fromFeed] ?? {};
  const rated = rating === userRating ? others : { ...others, [id]: rating };
  return withEntries(draft, 'ratings', { ...draft.ratings, [fromFeed]: rated });
}

/** A preferred stability more in a draft, unless it is what holds. */
export function withPolicy(
  draft: Draft,
  { interface: uri, policy: present }: VersionList,
  policy: VersionList['policy'],
): Draft {
  const { [uri]: _, ...others } = draft.policies ?? {};
  return withEntries(draft, 'policies', policy === present ? others : { ...others, [uri]: policy });
}

/** Leaves out what holds nothing, so that an empty draft is one without properties. */
function withEntries<K extends 'ratings' | 'policies'>(draft: Draft, key: K, entries: NonNullable<Draft[K]>): Draft {
  const isFilled = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || Object.keys(value).length > 0;
  const filled = Object.fromEntries(
    Object.entries(entries as Record<string, unknown>).filter(([, value]) => isFilled(value)),
  );
  const { [key]: _, ...rest } = draft;
  return Object.keys(filled).length === 0 ? rest : { ...rest, [key]: filled };
}

/** How many changes a draft holds. */
export function countChanges({ ratings = {}, policies = {}, ...others }: Draft): number {
  const rated = Object.values(ratings).reduce((sum, versions) => sum + Object.keys(versions).length, 0);
  return rated + Object.keys(policies).length + Object.keys(others).length;
}

/** What is to be said of a draft and what it would do. */
export function draftSummary(draft: Draft, outcome: Loadable<Comparison>) {
  return {
    count: countChanges(draft),
    comparison: valueOf(outcome) ?? null,
    error: outcome.status === 'failed' ? outcome.error : null,
  };
}

/** Whether the window can make a draft's changes last. Restrictions, commands and machines belong to a single start. */
export function isLasting({
  ratings: _r,
  policies: _p,
  networkUse: _n,
  helpWithTesting: _h,
  ...others
}: Draft): boolean {
  return Object.keys(others).length === 0;
}

/** Versions as the person has rated them in a draft. */
export function withDraft(list: VersionList, uri: string, draft: Draft | null): VersionList {
  if (draft === null) return list;
  const policy = draft.policies?.[uri];
  return {
    ...list,
    policy: policy === undefined ? list.policy : (policy as VersionList['policy']),
    rows: list.rows.map((row) => {
      const rating = draft.ratings?.[row.fromFeed]?.[row.id];
      return rating === undefined ? row : { ...row, userRating: rating };
    }),
  };
}
