import type { Answer, InterfaceUri, JobId } from '../../shared/model/index.ts';
import type { StoredApp } from '../core/ports/app-store.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { Requirements } from '../core/select/model.ts';
import type { FeedLookup } from '../core/select/world.ts';
import { parseVersionExpression } from '../core/version/expression.ts';
import type { Selections } from '../core/selections/model.ts';
import type { AppCheck } from './app-service.ts';
import type { FeedService } from './feed-service.ts';
import type { HistoryEntry, JobHistory, JobOrder } from './job-history.ts';
import type { JobContext, JobRequest, JobService, JobWork } from './job-service.ts';
import type { JobSteps } from './job-steps.ts';
import type { LibraryService } from './library-service.ts';
import type { ProgramStart, ProgramStarter } from './program-starter.ts';
import { createTransferBoard, type TransferBoard } from './transfer-board.ts';
import { lastSegment, roleKey } from './solve-view.ts';

/** What the page asks for. */
export interface RunRequest {
  readonly interface: InterfaceUri;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly refresh: boolean;
  /** A version expression for the program. */
  readonly version?: string;
  /** Only versions before this one; counts where there is no `version`. */
  readonly before?: string;
  /** Also if the program does not ask for a terminal. */
  readonly inTerminal?: boolean;
}

/** From a click to a running program, as jobs. @see design.md 3 */
export interface RunService {
  /** @throws AppError `bad-version` for versions that are none */
  run(request: RunRequest): JobId;
  download(request: RunRequest): JobId;
  select(request: RunRequest): JobId;
  /** Starts an app with what it had once; nothing else changes. All of that must be on this computer. */
  runEntry(app: StoredApp, selections: Selections): JobId;
  /** Lists what an earlier session began, to be begun again. */
  restore(entry: HistoryEntry): JobId;
}

/** The apps of the programs that are run. */
export interface AppsToRun {
  /** The app of a program by its address; null if there is none. */
  of(uri: string): Promise<StoredApp | null>;
  check(app: StoredApp): Promise<AppCheck>;
  /** Remembers what was selected for it. */
  update(app: StoredApp, selections: Selections): Promise<void>;
  /** Looks for an update that is due, in a job that nobody waits for. */
  updateLater(app: StoredApp): void;
}

interface Deps {
  readonly jobs: JobService;
  readonly history: Pick<JobHistory, 'note'>;
  readonly steps: JobSteps;
  readonly starter: ProgramStarter;
  readonly apps: AppsToRun;
  readonly feeds: Pick<FeedService, 'refresh'>;
  readonly readFeed: (name: string) => FeedLookup;
  readonly library: LibraryService;
  readonly clock: ClockPort;
  readonly log: LogPort;
  /** Tells the page that tiles or the cache look different now. */
  readonly onChanged: (what: 'apps' | 'solve' | 'cache') => void;
}

/** Creates the service. */
export function createRunService(deps: Deps): RunService {
  const { jobs, steps, clock, library, log } = deps;

  const start = (kind: 'run' | 'download' | 'select', request: RunRequest): JobId => {
    // Said at once, to the form that it was typed into.
    for (const expression of Object.values(restrictionsOf(request))) parseVersionExpression(expression);
    return jobs.start(toJobRequest(kind, request), workOf(kind, request));
  };

  const workOf = (kind: 'run' | 'download' | 'select', request: RunRequest): JobWork => {
    const title = lastSegment(request.interface);
    return async (context) => {
      if (kind !== 'select') deps.history.note(context.id, toOrder(kind, request));
      const clickedAt = clock.now();
      const app = await deps.apps.of(request.interface);
      const isUsual = isUsualRequest(request);
      const args = request.args ?? [];
      if (kind === 'run' && app !== null && isUsual && !request.refresh) {
        if (await runRemembered({ app, args, clickedAt, inTerminal: request.inTerminal === true }, context)) return;
      }
      const board = await steps.board(context, request.interface);
      const requirements = app !== null && isUsual ? app.requirements : toRequirements(request);
      const { answer, staleFeeds } = await steps.select(
        { requirements, mode: kind, refresh: request.refresh },
        context,
        board,
      );
      if (kind === 'select') return;
      const name = answer.tree[0]?.name ?? title;
      await steps.fetch(answer, context, board);
      if (app !== null && isUsual) await deps.apps.update(app, answer.selections);
      if (kind === 'download') {
        await library.add(request.interface, name);
        deps.onChanged('apps');
        return;
      }
      const { selections } = answer;
      const needsTerminal = answer.needsTerminal || request.inTerminal === true;
      const versions = isUsual ? versionsOf(selections) : null;
      // Also what is out of the ordinary stays in the sandbox of its app.
      await deps.starter.start({ name, selections, args, needsTerminal, app, clickedAt, versions }, context);
      refreshLater(request, name, staleFeeds);
    };
  };

  /** Starts an app with what it remembers. @returns false if that is not to be had without a download */
  const runRemembered = async (
    {
      app,
      args,
      clickedAt,
      inTerminal,
    }: Pick<ProgramStart, 'args' | 'clickedAt'> & { readonly app: StoredApp; readonly inTerminal: boolean },
    context: JobContext,
  ): Promise<boolean> => {
    const { selections, wantsUpdate } = await deps.apps.check(app);
    if (selections === null) return false;
    await startSelections({ app, selections, args, clickedAt, isUsual: true, inTerminal }, context);
    if (wantsUpdate) deps.apps.updateLater(app);
    return true;
  };

  const startSelections = async (
    {
      app,
      selections,
      args,
      clickedAt,
      isUsual,
      inTerminal = false,
    }: Pick<ProgramStart, 'selections' | 'args' | 'clickedAt'> & {
      readonly app: StoredApp;
      readonly isUsual: boolean;
      readonly inTerminal?: boolean;
    },
    context: JobContext,
  ): Promise<void> => {
    const found = deps.readFeed(selections.interface);
    const name = found.status === 'ready' ? found.feed.title : app.name;
    const needsTerminal = inTerminal || (found.status === 'ready' && found.feed.needsTerminal);
    const versions = isUsual ? versionsOf(selections) : null;
    await deps.starter.start({ name, selections, args, needsTerminal, app, clickedAt, versions }, context);
  };

  /** Looks for updates after the program was started, in a job that nobody waits for and that asks nothing. */
  const refreshLater = ({ interface: uri }: RunRequest, name: string, staleFeeds: readonly string[]): void => {
    if (staleFeeds.length === 0) return;
    // Not the program's own job: that one is about what is running.
    jobs.start({ kind: 'feed-refresh', interface: null, title: name, phase: 'refreshing' }, async (context) => {
      const board = createTransferBoard({ context, clock, root: uri, previous: {} });
      const refresh = async (url: string): Promise<void> => {
        const row = { key: url, kind: 'feed', title: lastSegment(url), detail: url } as const;
        const show = (state: Parameters<TransferBoard['showTransfer']>[1]): void => {
          board.showTransfer(row, state);
        };
        try {
          const { signal } = context;
          // Questions wait for the next start.
          const ask = (): Promise<Answer> => Promise.resolve({ trust: [] });
          await deps.feeds.refresh(url, { signal, ask, isBackground: true, onProgress: show });
          show({ phase: 'done', receivedBytes: 0, totalBytes: null });
        } catch (error) {
          context.signal.throwIfAborted();
          show({ phase: 'failed', receivedBytes: 0, totalBytes: null });
          log.info('background refresh failed', { feed: url, reason: String(error) });
        }
      };
      await Promise.all(staleFeeds.map(refresh));
      deps.onChanged('solve');
    });
  };

  return {
    run: (request) => start('run', request),
    download: (request) => start('download', request),
    select: (request) => start('select', request),
    restore({ order, title, ...ended }) {
      const request = toRequest(order);
      return jobs.restore({ ...toJobRequest(order.kind, request), title }, ended, workOf(order.kind, request));
    },
    runEntry: (app, selections) => {
      const uri = selections.interface as InterfaceUri;
      const request = { kind: 'run', interface: uri, title: lastSegment(uri), phase: 'starting' } as const;
      return jobs.start(request, async (context) => {
        await startSelections({ app, selections, args: [], clickedAt: clock.now(), isUsual: false }, context);
      });
    },
  };
}

function versionsOf({ selections }: Selections): Readonly<Record<string, string>> {
  return Object.fromEntries(selections.map((each) => [roleKey(each), each.version]));
}

function toJobRequest(kind: 'run' | 'download' | 'select', request: RunRequest): JobRequest {
  return { kind, interface: request.interface, title: lastSegment(request.interface), phase: 'selecting' };
}

function toOrder(kind: JobOrder['kind'], request: RunRequest): JobOrder {
  const { interface: uri, command = null, args, refresh, version = null, before = null, inTerminal = false } = request;
  return { kind, interface: uri, command, args: [...(args ?? [])], refresh, version, before, inTerminal };
}

function toRequest({ interface: uri, command, args, refresh, version, before, inTerminal }: JobOrder): RunRequest {
  return {
    interface: uri,
    args,
    refresh,
    inTerminal,
    ...(command !== null && { command }),
    ...(version !== null && { version }),
    ...(before !== null && { before }),
  };
}

/** Whether an app, if it is one, is started as always. */
function isUsualRequest({ command, version, before }: RunRequest): boolean {
  return command === undefined && version === undefined && before === undefined;
}

function restrictionsOf({
  interface: uri,
  version,
  before,
}: Pick<Partial<RunRequest>, 'version' | 'before'> & { readonly interface: string }): Readonly<Record<string, string>> {
  const expression = version ?? (before === undefined ? undefined : `..!${before}`);
  return expression === undefined ? {} : { [uri]: expression };
}

/** Requirements for running a program with its default command on this machine. */
export function toRequirements(
  request: Pick<Partial<RunRequest>, 'command' | 'version' | 'before'> & { readonly interface: string },
): Requirements {
  return {
    interface: request.interface,
    command: request.command ?? 'run',
    isSource: false,
    mayCompile: false,
    os: null,
    cpu: null,
    restrictions: restrictionsOf(request),
  };
}
