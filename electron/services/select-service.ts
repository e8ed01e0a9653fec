import type { ErrorData } from '../../shared/errors/app-error.ts';
import { toErrorData } from '../../shared/errors/app-error.ts';
import type { Answer, Progress, TrustQuestion } from '../../shared/model/index.ts';
import type { PackageManagerPort } from '../core/ports/package-manager.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { SolverPort } from '../core/ports/solver.ts';
import type { Overrides, Requirements, SelectAnswer, SelectPolicy } from '../core/select/model.ts';
import { isRemote, needsFetch } from './solve-view.ts';
import type { PackageReplies, PackageReply } from '../core/select/native-packages.ts';
import type { FeedService } from './feed-service.ts';

/** How a person wants one selection made. */
export interface SelectOptions {
  /** `select` may be content with feeds that are out of date; `download` waits for them. */
  readonly mode: 'select' | 'download' | 'run';
  /** Fetch all feeds again, ignoring freshness. */
  readonly refresh: boolean;
  /** Off-line for this call, whatever the settings say. */
  readonly offline?: boolean;
  readonly overrides?: Overrides;
  readonly signal: AbortSignal;
  readonly ask: (question: TrustQuestion) => Promise<Answer>;
  /** Every result on the way, failed ones included. */
  readonly onAnswer?: (answer: SelectAnswer, problems: readonly ErrorData[]) => void;
  readonly onFeed?: (url: string, state: FeedProgress) => void;
}

/** How far the transfer of a feed is. */
export type FeedProgress = Pick<Progress, 'phase' | 'receivedBytes' | 'totalBytes'>;

/** A selection and what was noticed while making it. */
export interface SelectResult {
  readonly answer: SelectAnswer;
  /** Feeds that could not be fetched, one problem each. */
  readonly problems: readonly ErrorData[];
  /** Feeds that should be checked again, but were not waited for. */
  readonly staleFeeds: readonly string[];
}

/** Chooses versions, fetching feeds as the policy allows. @see selection.md 14 */
export interface SelectService {
  /** From what is on this computer; never the network. */
  local(requirements: Requirements, options?: LocalOptions): Promise<SelectAnswer>;
  select(requirements: Requirements, options: SelectOptions): Promise<SelectResult>;
  /** The present policy, `off-line` if asked for. */
  policy(offline?: boolean): Promise<SelectPolicy>;
  /** What the package manager has said so far, for other queries to the solver. */
  packageReplies(): PackageReplies;
}

interface LocalOptions {
  readonly overrides?: Overrides;
  readonly offline?: boolean;
  readonly signal?: AbortSignal;
}

interface Deps {
  readonly solver: Pick<SolverPort, 'select'>;
  readonly feeds: Pick<FeedService, 'refresh' | 'isStale'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly packages: PackageManagerPort;
  /** The person's languages, where they differ from the host's. */
  readonly languages?: () => Pick<SelectPolicy, 'languages' | 'textLanguages'>;
  /** Full use of the network counts as minimal while somebody pays for each byte. */
  readonly isMetered?: () => boolean;
}

interface Refreshed {
  readonly problem: ErrorData | null;
  readonly later: Promise<unknown> | null;
}

/** A hostile chain of feeds naming ever more feeds ends here. */
const maxRounds = 100;

/** Names of packages that replies are kept of. */
const maxReplies = 10_000;

/** Creates the service. */
export function createSelectService({
  solver,
  feeds,
  config,
  packages,
  languages = () => ({}),
  isMetered = () => false,
}: Deps): SelectService {
  let replies: ReadonlyMap<string, PackageReply> = new Map();

  const policy = async (offline = false): Promise<SelectPolicy> => {
    const { networkUse: wanted, helpWithTesting } = await config.read();
    const networkUse = wanted === 'full' && isMetered() ? 'minimal' : wanted;
    return { networkUse: offline ? 'off-line' : networkUse, helpWithTesting, ...languages() };
  };

  const local = async (requirements: Requirements, options: LocalOptions = {}): Promise<SelectAnswer> => {
    const query = { requirements, policy: await policy(options.offline), packageReplies: replies };
    return solver.select(options.overrides ? { ...query, overrides: options.overrides } : query, options.signal);
  };

  /** Asks the package manager; what it said earlier about other packages stays. */
  const askAbout = async (names: readonly string[], signal: AbortSignal): Promise<void> => {
    const answers = await packages.ask(names, signal);
    replies = new Map(replies.size + answers.size > maxReplies ? answers : [...replies, ...answers]);
  };

  /**
   * Solves, fetches every used remote feed not yet tried (unless off-line), asks the package manager about their packages,
   * and solves again until nothing new turns up.
   */
  const solveWithUpdates = async (
    requirements: Requirements,
    first: SelectAnswer,
    options: SelectOptions & { readonly isOffline: boolean },
  ): Promise<SelectResult> => {
    const problems: ErrorData[] = [];
    const started = new Set<string>();
    const asked = new Set<string>();
    const running = new Map<string, Promise<void>>();
    const track = (key: string, work: Promise<unknown>): void => {
      const done = work.then(() => undefined).finally(() => running.delete(key));
      running.set(key, done);
    };
    const fetchFeed = async (feed: string): Promise<void> => {
      const { problem, later } = await refresh(feed, options);
      if (problem) problems.push(problem);
      // The mirror was faster: its copy is used, and the site's own answer is taken when it comes.
      if (later) track(`${feed} again`, later);
    };
    let answer = first;
    try {
      for (let round = 0; round < maxRounds; round += 1) {
        const newFeeds = answer.usedFeeds.filter((name) => isRemote(name) && !started.has(name));
        for (const feed of options.isOffline ? [] : newFeeds) {
          started.add(feed);
          track(feed, fetchFeed(feed));
        }
        const newNames = answer.packageNames.filter((name) => !asked.has(name));
        if (newNames.length > 0) {
          for (const name of newNames) asked.add(name);
          track(`packages ${round}`, askAbout(newNames, options.signal));
        }
        if (running.size === 0) break;
        // Wait for one; whatever else has arrived by then is taken along.
        await Promise.race(running.values());
        options.signal.throwIfAborted();
        answer = await local(requirements, options);
        options.onAnswer?.(answer, problems);
      }
    } finally {
      await Promise.allSettled(running.values());
    }
    return { answer, problems, staleFeeds: [] };
  };

  const refresh = async (url: string, options: SelectOptions): Promise<Refreshed> => {
    const report = (state: FeedProgress): void => options.onFeed?.(url, state);
    report({ phase: 'waiting', receivedBytes: 0, totalBytes: null });
    try {
      const { later } = await feeds.refresh(url, { signal: options.signal, ask: options.ask, onProgress: report });
      report({ phase: 'done', receivedBytes: 0, totalBytes: null });
      return { problem: null, later };
    } catch (error) {
      if (options.signal.aborted) throw error;
      report({ phase: 'failed', receivedBytes: 0, totalBytes: null });
      return { problem: toErrorData(error), later: null };
    }
  };

  return {
    policy,
    local,
    packageReplies: () => replies,
    async select(requirements, options) {
      const answer = await local(requirements, options);
      options.onAnswer?.(answer, []);
      const isOffline = (await policy(options.offline)).networkUse === 'off-line';
      const update = (): Promise<SelectResult> => solveWithUpdates(requirements, answer, { ...options, isOffline });
      if (options.refresh || answer.status !== 'solved') return update();
      if (isOffline) return { answer, problems: [], staleFeeds: [] };

      const stale = await staleOf(answer.usedFeeds, feeds);
      const isComplete = !answer.tree.some(needsFetch);
      if (options.mode === 'select' || isComplete) {
        if (stale.length > 0 && options.mode === 'download') return update();
        return { answer, problems: [], staleFeeds: stale };
      }
      return update();
    },
  };
}

async function staleOf(names: readonly string[], feeds: Pick<FeedService, 'isStale'>): Promise<readonly string[]> {
  const remote = names.filter(isRemote);
  const flags = await Promise.all(remote.map((name) => feeds.isStale(name)));
  return remote.filter((_, index) => flags[index]);
}
