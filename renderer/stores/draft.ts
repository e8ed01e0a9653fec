import type { Draft, Stability, TrialResult, VersionList, VersionRow } from '../../shared/model/index.ts';
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

/** A feed more or less in a draft. @param present whether it is registered now */
export function withFeed(
  draft: Draft,
  { uri, feed, isWanted, isPresent }: { uri: string; feed: string; isWanted: boolean; isPresent: boolean },
): Draft {
  const { [uri]: before = {}, ...others } = draft.feeds ?? {};
  const without = (list: readonly string[] = []): readonly string[] => list.filter((one) => one !== feed);
  const added = [...without(before.added), ...(isWanted && !isPresent ? [feed] : [])];
  const removed = [...without(before.removed), ...(!isWanted && isPresent ? [feed] : [])];
  const change = { ...(added.length > 0 && { added }), ...(removed.length > 0 && { removed }) };
  return withEntries(draft, 'feeds', { ...others, [uri]: change });
}

/** Which versions of a component may be used, as a draft; null = any. */
export function withRestriction(
  draft: Draft,
  { interface: uri, restriction: present }: Pick<VersionList, 'interface' | 'restriction'>,
  restriction: string | null,
): Draft {
  const { [uri]: _, ...others } = draft.restrictions ?? {};
  const changed = restriction === present ? others : { ...others, [uri]: restriction };
  return withEntries(draft, 'restrictions', changed);
}

/** Leaves out what holds nothing, so that an empty draft is one without properties. */
function withEntries<K extends 'ratings' | 'policies' | 'feeds' | 'restrictions'>(
  draft: Draft,
  key: K,
  entries: NonNullable<Draft[K]>,
): Draft {
  const isFilled = (value: unknown): boolean =>
    typeof value !== 'object' || value === null || Object.keys(value).length > 0;
  const filled = Object.fromEntries(
    Object.entries(entries as Record<string, unknown>).filter(([, value]) => isFilled(value)),
  );
  const { [key]: _, ...rest } = draft;
  return Object.keys(filled).length === 0 ? rest : { ...rest, [key]: filled };
}

/** How many changes a draft holds. */
export function countChanges({ ratings = {}, policies = {}, feeds = {}, restrictions = {}, ...others }: Draft): number {
  const registered = Object.values(feeds).reduce(
    (sum, { added = [], removed = [] }) => sum + added.length + removed.length,
    0,
  );
  const rated = Object.values(ratings).reduce((sum, versions) => sum + Object.keys(versions).length, 0);
  const listed = Object.keys(policies).length + Object.keys(restrictions).length;
  return rated + registered + listed + Object.keys(others).length;
}

/** What is to be said of a draft and what it would do. */
export function draftSummary(draft: Draft, outcome: Loadable<TrialResult>, isApp: boolean) {
  return {
    count: countChanges(draft),
    needsApp: !isApp && draft.restrictions !== undefined,
    comparison: valueOf(outcome) ?? null,
    error: outcome.status === 'failed' ? outcome.error : null,
  };
}

/** Whether a draft's changes last for any program. Restrictions are an app's; commands and machines belong to a single start. */
export function isLasting({
  ratings: _r,
  policies: _p,
  networkUse: _n,
  helpWithTesting: _h,
  feeds: _f,
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
