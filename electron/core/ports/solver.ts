import type { SelectQuery, SelectAnswer, VersionsQuery, VersionsAnswer } from '../select/model.ts';

/**
 * Choosing versions from what is on this computer. Pure towards its inputs, may run in a worker: queries and answers are
 * plain data. Feeds are parsed once and kept while their file is unchanged.
 */
export interface SolverPort {
  select(query: SelectQuery, signal?: AbortSignal): Promise<SelectAnswer>;
  versions(query: VersionsQuery, signal?: AbortSignal): Promise<VersionsAnswer>;
}
