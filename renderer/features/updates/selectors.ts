import type { AppName, UpdateList, UpdateRow } from '../../../shared/model/index.ts';

/** The rows of the page by what can be done about them. */
export interface UpdateGroups {
  readonly available: readonly UpdateRow[];
  /** Those of `available` that are ticked. */
  readonly wanted: readonly UpdateRow[];
  readonly failed: readonly UpdateRow[];
  readonly current: readonly UpdateRow[];
}

/** Sorts the rows of a list. */
export function groupUpdates({ rows }: UpdateList, spared: ReadonlySet<AppName>): UpdateGroups {
  const failed = rows.filter(({ error }) => error !== null);
  const sound = rows.filter(({ error }) => error === null);
  const available = sound.filter(({ changes }) => changes.length > 0);
  return {
    available,
    wanted: available.filter(({ app }) => !spared.has(app.name)),
    failed,
    current: sound.filter(({ changes }) => changes.length === 0),
  };
}
