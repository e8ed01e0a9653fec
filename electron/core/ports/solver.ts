import type {
  ChosenImplementation,
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
  /** One implementation by feed and id, as needed to fetch it; null if the feed or the id is not there. */
  find(feed: string, id: string, signal?: AbortSignal): Promise<ChosenImplementation | null>;
  /** For each directory name of a store: which of these feeds lists it (the first that does). Unknown ones are left out. */
  owners(
    feeds: readonly string[],
    directories: readonly string[],
    signal?: AbortSignal,
  ): Promise<Readonly<Record<string, StoredOwner>>>;
}
