import type { Comparison } from '../../../shared/model/decision.ts';
import { createSelectContext, type SelectContext } from './context.ts';
import { withDraft } from './draft.ts';
import type { CompareQuery } from './model.ts';
import { addedRoles, attempt, changedRoles, type Attempt, type FilledRoles } from './outcome.ts';
import type { SelectOptions } from './select.ts';
import type { SelectWorld } from './world.ts';

/** A selection as far as comparing it needs. */
export interface Side extends Attempt {
  readonly context: SelectContext;
}

/**
 * What a draft of changes would do to a selection.
 *
 * @throws AppError `cancelled`
 */
export function compareSelections(query: CompareQuery, world: SelectWorld, options: SelectOptions = {}): Comparison {
  const side = (one: Parameters<typeof createSelectContext>[0]): Side => {
    const context = createSelectContext(one, world);
    return { ...attempt(context, options), context };
  };
  return compareSides(side(query), side(withDraft(query, query.draft)));
}

/** The difference between two selections. */
export function compareSides(before: Side, after: Side): Comparison {
  return {
    before: before.outcome,
    after: after.outcome,
    changes: [...changedRoles(before.filled, after.filled), ...addedRoles(before.filled, after.filled)],
    fetchBytes: { before: bytesOf(before.filled, before.context), after: bytesOf(after.filled, after.context) },
    missingFeeds: [...after.context.usedFeeds].filter(
      (feed) => !before.context.usedFeeds.has(feed) && isMissing(feed, after.context),
    ),
  };
}

/** Whether a feed could be fetched and is not on this computer. */
export function isMissing(feed: string, { world }: SelectContext): boolean {
  return /^https?:\/\//.test(feed) && world.feed(feed).status === 'missing';
}

/** A directory that several roles use counts once. */
function bytesOf(filled: FilledRoles, { availability }: SelectContext): number {
  const sizes = new Map<string, number>();
  for (const { candidate } of filled.values()) {
    const { implementation } = candidate;
    const state = availability.describe(implementation);
    if (state.kind !== 'download') continue;
    sizes.set(
      implementation.digests[0]?.directory ?? `${implementation.fromFeed} ${implementation.id}`,
      state.sizeBytes,
    );
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}
