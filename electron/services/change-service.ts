import { AppError } from '../../shared/errors/app-error.ts';
import type { Draft, InterfaceUri, Stability, UndoId } from '../../shared/model/index.ts';
import type { PreferencesPort } from '../core/ports/preferences.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { FeedLookup } from '../core/select/world.ts';
import type { AppLookup } from './app-lookup.ts';
import type { AppPast } from './app-past.ts';
import type { FeedService } from './feed-service.ts';
import type { JobService } from './job-service.ts';
import { isRemote, lastSegment } from './solve-view.ts';
import { allOrNothing, type Restore, type UndoService } from './undo-service.ts';

/** What a person changes about how versions are chosen, in the reference's files. Each change can be taken back. */
export interface ChangeService {
  /** `null` removes the rating. */
  rate(fromFeed: string, id: string, rating: Stability | null): Promise<UndoId>;
  setPolicy(uri: string, policy: Stability | null): Promise<UndoId>;
  /**
   * Registers a feed for an interface; a remote one is fetched first, as a job that may ask about its key.
   * @throws AppError `not-allowed` if it is there already, `bad-feed` if it does not say that it is for this interface
   */
  addFeed(uri: string, feed: string): Promise<UndoId>;
  removeFeed(uri: string, feed: string): Promise<UndoId>;
  /** Everything but the registering: for trying it out. @throws AppError as `addFeed` */
  prepareFeed(uri: string, feed: string): Promise<void>;
  /** @throws AppError `feed-missing`, `bad-feed` unless a feed is here and says that it is for this interface */
  checkFeed(uri: string, feed: string): void;
  /** Makes all of a draft last, or nothing of it. @throws AppError `not-allowed` for what belongs to a single start */
  applyDraft(root: string, draft: Draft): Promise<UndoId>;
  /** The same without a word to anybody, as a part of something larger. */
  makeLasting(root: string | null, draft: Draft): Promise<Restore>;
  /** Makes a change that is made of such parts, and tells the page of it. */
  perform(change: () => Promise<Restore>): Promise<UndoId>;
}

interface Deps {
  readonly preferences: PreferencesPort;
  readonly config: Pick<ConfigPort, 'read' | 'write'>;
  readonly feeds: Pick<FeedService, 'refresh'>;
  /** A cached or local feed. */
  readonly readFeed: (name: string) => FeedLookup;
  readonly jobs: JobService;
  readonly lookup: Pick<AppLookup, 'of'>;
  readonly past: Pick<AppPast, 'restrict' | 'restorable'>;
  readonly undo: Pick<UndoService, 'perform'>;
  /** Settings that hold for everything; what they do to the page is told by whoever keeps them. */
  readonly onSettings: () => void;
  readonly onChanged: (what: 'solve' | 'apps' | 'timeline') => void;
}

/** Creates the service. */
export function createChangeService(deps: Deps): ChangeService {
  const { preferences, config } = deps;

  const perform: ChangeService['perform'] = (change) =>
    deps.undo.perform(change, () => {
      for (const what of ['solve', 'apps', 'timeline'] as const) deps.onChanged(what);
    });

  const rate = async (fromFeed: string, id: string, rating: Stability | null): Promise<Restore> => {
    const before = (await preferences.readFeed(fromFeed)).ratings.get(id) ?? null;
    await preferences.setRating(fromFeed, id, rating);
    return () => preferences.setRating(fromFeed, id, before);
  };
  const setPolicy = async (uri: string, policy: Stability | null): Promise<Restore> => {
    const before = (await preferences.readInterface(uri)).policy;
    await preferences.setPolicy(uri, policy);
    return () => preferences.setPolicy(uri, before);
  };

  /** As a job, because its key may have to be asked about. */
  const fetchFeed = async (uri: string, feed: string): Promise<void> => {
    let failure: unknown = null;
    const id = deps.jobs.start(
      { kind: 'select', interface: uri as InterfaceUri, title: lastSegment(feed), phase: 'refreshing' },
      async ({ signal, ask }) => {
        try {
          await deps.feeds.refresh(feed, { signal, ask });
        } catch (error) {
          failure = error;
          throw error;
        }
      },
    );
    await deps.jobs.ended(id);
    if (failure) throw failure as Error;
  };

  const checkFeed = (uri: string, feed: string): void => {
    const found = deps.readFeed(feed);
    if (found.status === 'missing') throw new AppError('feed-missing', { feed });
    if (found.status === 'bad') throw new AppError('bad-feed', { feed, reason: found.reason });
    if (!found.feed.feedFor.includes(uri)) {
      const other = found.feed.feedFor.join(', ');
      const reason = `it is not for ${uri}${other === '' ? '' : `, but for ${other}`}`;
      throw new AppError('bad-feed', { feed, reason });
    }
  };

  const prepareFeed = async (uri: string, feed: string, isFresh: boolean): Promise<void> => {
    if ((await preferences.readInterface(uri)).feeds.some(({ src }) => src === feed)) {
      throw new AppError('not-allowed', { reason: `Feed from '${feed}' has already been added!` });
    }
    if (isRemote(feed) && (isFresh || deps.readFeed(feed).status === 'missing')) await fetchFeed(uri, feed);
    checkFeed(uri, feed);
  };

  const addFeed = async (uri: string, feed: string, isFresh = true): Promise<Restore> => {
    await prepareFeed(uri, feed, isFresh);
    await preferences.addFeed(uri, feed);
    return () => preferences.removeFeed(uri, feed);
  };
  const removeFeed = async (uri: string, feed: string): Promise<Restore> => {
    const removed = await preferences.removeFeed(uri, feed);
    return () => preferences.putFeedBack(uri, removed);
  };

  const changeSettings = async ({ networkUse, helpWithTesting }: Draft): Promise<Restore> => {
    const before = await config.read();
    const write = async (patch: Partial<typeof before>): Promise<void> => {
      await config.write(patch);
      deps.onSettings();
    };
    await write({ ...(networkUse && { networkUse }), ...(helpWithTesting !== undefined && { helpWithTesting }) });
    // No more than was changed: the other one may be locked.
    return () =>
      write({
        ...(networkUse && { networkUse: before.networkUse }),
        ...(helpWithTesting !== undefined && { helpWithTesting: before.helpWithTesting }),
      });
  };

  const restrict = async (root: string | null, changes: Readonly<Record<string, string | null>>): Promise<Restore> => {
    const app = root === null ? null : await deps.lookup.of(root);
    if (app === null) throw new AppError('not-allowed', { reason: 'only an app remembers which versions it may have' });
    return deps.past.restorable(app, () => deps.past.restrict(app, changes));
  };

  const makeLasting = (root: string | null, draft: Draft): Promise<Restore> => {
    const {
      ratings = {},
      policies = {},
      feeds = {},
      restrictions = {},
      networkUse,
      helpWithTesting,
      ...others
    } = draft;
    const [single] = Object.keys(others);
    if (single !== undefined) throw new AppError('not-allowed', { reason: `${single} belongs to a single start` });
    const hasSettings = networkUse !== undefined || helpWithTesting !== undefined;
    return allOrNothing([
      // What may ask or fail comes first.
      ...Object.entries(feeds).flatMap(([uri, { added = [], removed = [] }]) => [
        ...removed.map((feed) => () => removeFeed(uri, feed)),
        // Trying it out has fetched it.
        ...added.map((feed) => () => addFeed(uri, feed, false)),
      ]),
      ...(Object.keys(restrictions).length > 0 ? [() => restrict(root, restrictions)] : []),
      ...Object.entries(ratings).flatMap(([feed, rated]) =>
        Object.entries(rated).map(
          ([id, rating]) =>
            () =>
              rate(feed, id, rating),
        ),
      ),
      ...Object.entries(policies).map(
        ([uri, policy]) =>
          () =>
            setPolicy(uri, policy),
      ),
      ...(hasSettings ? [() => changeSettings(draft)] : []),
    ]);
  };

  return {
    rate: (fromFeed, id, rating) => perform(() => rate(fromFeed, id, rating)),
    setPolicy: (uri, policy) => perform(() => setPolicy(uri, policy)),
    addFeed: (uri, feed) => perform(() => addFeed(uri, feed)),
    removeFeed: (uri, feed) => perform(() => removeFeed(uri, feed)),
    applyDraft: (root, draft) => perform(() => makeLasting(root, draft)),
    prepareFeed: (uri, feed) => prepareFeed(uri, feed, true),
    checkFeed,
    makeLasting,
    perform,
  };
}
