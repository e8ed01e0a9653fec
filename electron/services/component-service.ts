import { AppError } from '../../shared/errors/app-error.ts';
import type {
  FeedRow,
  FeedUrl,
  ImplementationId,
  InterfaceUri,
  SolveView,
  Stability,
  VersionList,
  VersionRow,
} from '../../shared/model/index.ts';
import type { FeedCachePort } from '../core/ports/feed-cache.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { VersionCandidate, VersionsAnswer } from '../core/select/model.ts';
import type { FeedService } from './feed-service.ts';
import type { LibraryService } from './library-service.ts';
import type { AppLookup } from './app-lookup.ts';
import type { SelectService } from './select-service.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { JobService } from './job-service.ts';
import { isRemote, lastSegment, toFetchState, toSolveView } from './solve-view.ts';

/** A component as seen from a program. */
export interface ComponentRequest {
  readonly root: string;
  readonly interface: string;
  readonly isSource: boolean;
}

/** What the interface dialog shows and changes. Ratings and policies are written where the reference keeps them. */
export interface ComponentService {
  view(root: string): Promise<SolveView>;
  versions(request: ComponentRequest): Promise<VersionList>;
  feeds(request: ComponentRequest): Promise<FeedRow[]>;
  rate(fromFeed: string, id: string, rating: Stability | null): Promise<void>;
  setPolicy(uri: string, policy: Stability | null): Promise<void>;
  /**
   * Registers a feed for an interface; a remote one is fetched first, as a job that may ask about its key.
   * @throws AppError `not-allowed` if it is there already, `bad-feed` if it does not say that it is for this interface
   */
  addFeed(uri: string, feed: string): Promise<void>;
  removeFeed(uri: string, feed: string): Promise<void>;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'versions'>;
  readonly select: SelectService;
  readonly preferences: PreferencesPort;
  readonly feeds: Pick<FeedService, 'signaturesOf' | 'refresh'>;
  /** A cached or local feed. */
  readonly readFeed: (name: string) => FeedLookup;
  readonly jobs: JobService;
  readonly feedCache: Pick<FeedCachePort, 'list'>;
  readonly library: Pick<LibraryService, 'read'>;
  readonly lookup: Pick<AppLookup, 'requirementsOf'>;
  readonly onChanged: (what: 'solve' | 'apps') => void;
}

/** Creates the service. */
export function createComponentService(deps: Deps): ComponentService {
  const { solver, select, preferences, feeds, library } = deps;
  const changed = (): void => {
    deps.onChanged('solve');
    deps.onChanged('apps');
  };

  const answer = async (request: ComponentRequest): Promise<VersionsAnswer> =>
    solver.versions({
      requirements: await deps.lookup.requirementsOf(request.root),
      policy: await select.policy(),
      packageReplies: select.packageReplies(),
      role: { interface: request.interface, isSource: request.isSource },
    });

  /** As a job, because its key may have to be asked about. */
  const fetchFeed = async (uri: string, feed: string): Promise<void> => {
    let failure: unknown = null;
    const id = deps.jobs.start(
      { kind: 'select', interface: uri as InterfaceUri, title: lastSegment(feed), phase: 'refreshing' },
      async ({ signal, ask }) => {
        try {
          await feeds.refresh(feed, { signal, ask });
        } catch (error) {
          failure = error;
          throw error;
        }
      },
    );
    await deps.jobs.ended(id);
    if (failure) throw failure as Error;
  };

  const toFeedRow = async (feed: VersionsAnswer['feeds'][number]): Promise<FeedRow> => {
    const { lastChecked } = await preferences.readFeed(feed.name);
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
      lastCheckedAt: lastChecked === null ? null : new Date(lastChecked * 1000).toISOString(),
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
      const policy =
        found.policy === 'stable' || found.policy === 'testing' || found.policy === 'developer' ? found.policy : null;
      return {
        interface: request.interface as InterfaceUri,
        name: found.name,
        policy,
        helpWithTesting,
        rows: found.rows.map(toVersionRow),
      };
    },
    feeds: async (request) => Promise.all((await answer(request)).feeds.map(toFeedRow)),
    async rate(fromFeed, id, rating) {
      await preferences.setRating(fromFeed, id, rating);
      changed();
    },
    async setPolicy(uri, policy) {
      await preferences.setPolicy(uri, policy);
      changed();
    },
    async addFeed(uri, feed) {
      if ((await preferences.readInterface(uri)).feeds.some(({ src }) => src === feed)) {
        throw new AppError('not-allowed', { reason: `Feed from '${feed}' has already been added!` });
      }
      if (isRemote(feed)) await fetchFeed(uri, feed);
      const found = deps.readFeed(feed);
      if (found.status === 'missing') throw new AppError('feed-missing', { feed });
      if (found.status === 'bad') throw new AppError('bad-feed', { feed, reason: found.reason });
      if (!found.feed.feedFor.includes(uri)) {
        const other = found.feed.feedFor.join(', ');
        throw new AppError('bad-feed', {
          feed,
          reason: `it is not for ${uri}${other === '' ? '' : `, but for ${other}`}`,
        });
      }
      await preferences.addFeed(uri, feed);
      changed();
    },
    async removeFeed(uri, feed) {
      await preferences.removeFeed(uri, feed);
      changed();
    },
  };
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
