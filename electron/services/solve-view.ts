import { AppError, type ErrorData } from '../../shared/errors/app-error.ts';
import type {
  ComponentRow,
  FetchState,
  FeedUrl,
  ImplementationId,
  InterfaceUri,
  SolveView,
} from '../../shared/model/index.ts';
import type { Availability, Role, SelectAnswer, TreeRow } from '../core/select/model.ts';

/** What the page shows of a selection. `previous`: versions by interface that were used the last time. */
export interface ViewOptions {
  readonly previous?: Readonly<Record<string, string>>;
  readonly problems?: readonly ErrorData[];
  /** URLs of the feeds that are here; without them no feed counts as missing. */
  readonly cachedFeeds?: ReadonlySet<string>;
}

/** Turns a solver's answer into what crosses to the page. Download progress is laid over it by the job. */
export function toSolveView(root: string, answer: SelectAnswer, options: ViewOptions = {}): SolveView {
  const components = answer.tree.map((row) => toComponentRow(row, options.previous ?? {}));
  return {
    interface: root as InterfaceUri,
    name: components[0]?.name ?? lastSegment(root),
    isSolved: answer.status === 'solved',
    hasMissingFeeds:
      answer.status !== 'solved' && answer.usedFeeds.some((feed) => isMissing(feed, options.cachedFeeds)),
    components,
    report: reportOf(answer),
    downloadBytes: components.reduce((sum, row) => sum + (row.fetch.kind === 'download' ? row.fetch.sizeBytes : 0), 0),
    problems: [...(options.problems ?? [])],
  };
}

function isMissing(feed: string, cached: ReadonlySet<string> | undefined): boolean {
  return cached !== undefined && isRemote(feed) && !cached.has(feed);
}

/** Whether a feed name is fetched over the network. */
export function isRemote(name: string): boolean {
  return name.startsWith('http://') || name.startsWith('https://');
}

/** The reason an answer gives for not being a selection, or null. */
export function reportOf(answer: SelectAnswer): string | null {
  if (answer.status === 'no-solution') return answer.report;
  return answer.status === 'failed' ? answer.reason : null;
}

/** The problem that an answer without selections is: `no-solution`, or `solve-failed`. */
export function unsolvedError(uri: string, answer: SelectAnswer): AppError {
  const text = reportOf(answer) ?? '';
  if (answer.status === 'no-solution') return new AppError('no-solution', { interface: uri, report: text });
  return new AppError('solve-failed', { interface: uri, reason: text });
}

/** What fetching all that is not here yet would transfer. */
export function downloadBytesOf(tree: readonly TreeRow[]): number {
  return tree.filter(needsFetch).reduce((sum, { implementation }) => {
    const availability = implementation?.availability;
    return sum + (availability?.kind === 'download' ? availability.sizeBytes : 0);
  }, 0);
}

/** Whether the files of a row must be fetched before it can run. */
export function needsFetch(row: TreeRow): boolean {
  const kind = row.implementation?.availability.kind;
  return kind === 'download' || kind === 'none';
}

/** One key per role, for maps. */
export function roleKey(role: Role): string {
  return role.isSource ? `${role.interface}#source` : role.interface;
}

/** A readable name for an interface whose feed is not known. */
export function lastSegment(uri: string): string {
  return uri.replace(/\/+$/, '').split('/').at(-1) ?? uri;
}

/** Availability in the page's terms. */
export function toFetchState(availability: Availability): FetchState {
  switch (availability.kind) {
    case 'cached':
      return { kind: 'cached', store: availability.store };
    case 'local':
    case 'package':
    case 'compile':
    case 'none':
      return { kind: availability.kind };
    case 'install':
    case 'download':
      return { ...availability };
  }
}

function toComponentRow(row: TreeRow, previous: Readonly<Record<string, string>>): ComponentRow {
  const { implementation, role } = row;
  const before = previous[roleKey(role)];
  return {
    interface: role.interface as InterfaceUri,
    isSource: role.isSource,
    depth: row.depth,
    name: row.name,
    summary: row.summary,
    version: implementation?.version ?? null,
    previousVersion: implementation && before !== undefined && before !== implementation.version ? before : null,
    id: (implementation?.id ?? null) as ImplementationId | null,
    fromFeed: (implementation?.fromFeed ?? null) as FeedUrl | null,
    stability: implementation?.stability ?? null,
    userRating: implementation?.userRating ?? null,
    fetch: implementation ? toFetchState(implementation.availability) : { kind: 'none' },
    progress: null,
    problem: [...row.problem],
  };
}
