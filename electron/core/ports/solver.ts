import type { Comparison, Conflict, Explanation } from '../../../shared/model/decision.ts';
import type {
  ChosenImplementation,
  CompareQuery,
  ExplainQuery,
  SelectAnswer,
  SelectQuery,
  StoredOwner,
  VersionsAnswer,
  VersionsQuery,
} from '../select/model.ts';

/**
 * Choosing versions from what is on this computer. Pure towards its inputs, may run in a worker: queries and answers are
 * plain data. Feeds are parsed once and kept while their file is unchanged. Each call looks at the files anew.
 */
export interface SolverPort {
  select(query: SelectQuery, signal?: AbortSignal): Promise<SelectAnswer>;
  versions(query: VersionsQuery, signal?: AbortSignal): Promise<VersionsAnswer>;
  /** Why versions of a component were chosen or not, best first. @see selection.md 13.4 */
  explain(query: ExplainQuery, signal?: AbortSignal): Promise<readonly Explanation[]>;
  /** Why there is no solution, and what would give one. Ends after a few seconds with what was found. */
  conflict(query: SelectQuery, signal?: AbortSignal): Promise<Conflict>;
  /** What a draft of changes would do. */
  compare(query: CompareQuery, signal?: AbortSignal): Promise<Comparison>;
  /** One implementation by feed and id, as needed to fetch it; null if the feed or the id is not there. */
  find(feed: string, id: string, signal?: AbortSignal): Promise<ChosenImplementation | null>;
  /** For each directory name of a store: which of these feeds lists it (the first that does). Unknown ones are left out. */
  owners(
    feeds: readonly string[],
    directories: readonly string[],
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, StoredOwner>>>;
}
