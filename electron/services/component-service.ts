import type {
  FeedRow,
  FeedUrl,
  ImplementationId,
  InterfaceUri,
  SolveView,
  VersionList,
  VersionRow,
} from '../../shared/model/index.ts';
import { stabilityPolicies } from '../../shared/model/index.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { VersionCandidate, VersionsAnswer } from '../core/select/model.ts';
import type { FeedService } from './feed-service.ts';
import type { LibraryService } from './library-service.ts';
import type { AppLookup } from './app-lookup.ts';
import type { SelectService } from './select-service.ts';
import { isRemote, toFetchState, toSolveView } from './solve-view.ts';

/** A component as seen from a program. */
export interface ComponentRequest {
  readonly root: string;
  readonly interface: string;
  readonly isSource: boolean;
}

/** What the interface dialog shows. Nothing is changed. */
export interface ComponentService {
  view(root: string): Promise<SolveView>;
  versions(request: ComponentRequest): Promise<VersionList>;
  feeds(request: ComponentRequest): Promise<FeedRow[]>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'versions'>;
  readonly select: SelectService;
  readonly preferences: Pick<PreferencesPort, 'readFeed'>;
  readonly feeds: Pick<FeedService, 'signaturesOf'>;
  readonly feedCache: Pick<FeedCachePort, 'list' | 'lastAttempt'>;
  /** Milliseconds since 1970 of a file's last change; null if it is not there. */
  readonly changedAt: (path: string) => Promise<number | null>;
  readonly library: Pick<LibraryService, 'read'>;
  readonly lookup: Pick<AppLookup, 'requirementsOf'>;
}

/** Creates the service. */
export function createComponentService(deps: Deps): ComponentService {
  const { solver, select, preferences, feeds, library } = deps;
  const answer = async (request: ComponentRequest): Promise<VersionsAnswer> =>
    solver.versions({
      requirements: await deps.lookup.requirementsOf(request.root),
      policy: await select.policy(),
      packageReplies: select.packageReplies(),
      role: { interface: request.interface, isSource: request.isSource },
    });

  const toFeedRow = async (feed: VersionsAnswer['feeds'][number]): Promise<FeedRow> => {
    const { lastChecked } = await preferences.readFeed(feed.name);
    const attemptMs = isRemote(feed.name) ? await deps.feedCache.lastAttempt(feed.name) : null;
    const signatures = isRemote(feed.name) && feed.status === 'ready' ? await feeds.signaturesOf(feed.name) : [];
    return {
      url: feed.name as FeedUrl,
      origin: feed.origin,
      arch: feed.arch,
      isUsed: feed.isUsed,
      status: feed.status,
      reason: feed.reason,
      name: feed.title,
      summary: feed.summary,
      description: feed.description,
      homepages: [...feed.homepages],
      lastCheckedAt: toIso(lastChecked === null ? null : lastChecked * 1000),
      // Of interest only if nothing came of it, or not yet.
      lastAttemptAt: toIso(attemptMs !== null && attemptMs > (lastChecked ?? 0) * 1000 + 1000 ? attemptMs : null),
      changedAt: isRemote(feed.name) ? latestOf(signatures) : toIso(await deps.changedAt(feed.name)),
      signatures: [...signatures],
    };
  };

  return {
    async view(root) {
      const previous = (await library.read())[root]?.versions ?? {};
      const isOffline = (await select.policy()).networkUse === 'off-line';
      const cachedFeeds = isOffline ? {} : { cachedFeeds: new Set(await deps.feedCache.list()) };
      const answer = await select.local(await deps.lookup.requirementsOf(root));
      return toSolveView(root, answer, { previous, ...cachedFeeds });
    },
    async versions(request) {
      const found = await answer(request);
      const { helpWithTesting } = await select.policy();
      const policy = stabilityPolicies.find((one) => one === found.policy) ?? null;
      const { restrictions } = await deps.lookup.requirementsOf(request.root);
      return {
        interface: request.interface as InterfaceUri,
        name: found.name,
        policy,
        restriction: Object.hasOwn(restrictions, request.interface) ? (restrictions[request.interface] ?? null) : null,
        helpWithTesting,
        rows: found.rows.map(toVersionRow),
      };
    },
    feeds: async (request) => Promise.all((await answer(request)).feeds.map(toFeedRow)),
  };
}

function toIso(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}

/** When the publisher signed it. */
function latestOf(signatures: readonly { readonly signedAt: string }[]): string | null {
  return signatures
    .map(({ signedAt }) => signedAt)
    .reduce((a: string | null, b) => (a === null || b > a ? b : a), null);
}

function toVersionRow(candidate: VersionCandidate): VersionRow {
  return {
    id: candidate.id as ImplementationId,
    fromFeed: candidate.fromFeed as FeedUrl,
    version: candidate.version,
    released: candidate.released,
    stability: candidate.stability,
    userRating: candidate.userRating,
    fetch: toFetchState(candidate.availability),
    arch: candidate.arch,
    langs: candidate.langs,
    reason: candidate.reason,
    isSelected: candidate.isSelected,
  };
}
