import { fromErrorData } from '../../shared/errors/app-error.ts';
import type { Answer, InterfaceUri, JobId } from '../../shared/model/index.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { ProcessPort, RunningProgram } from '../core/ports/process.ts';
import type { RunLogPort } from '../core/ports/run-log.ts';
import type { Requirements, SelectAnswer } from '../core/select/model.ts';
import type { FetchItem, FetchOptions } from './fetch-attempt.ts';
import { toFetchItems, type FetchService } from './fetch-service.ts';
import type { FeedService } from './feed-service.ts';
import type { HistoryEntry, JobHistory, JobOrder } from './job-history.ts';
import type { JobContext, JobRequest, JobService, JobWork } from './job-service.ts';
import type { LaunchService } from './launch-service.ts';
import type { LibraryService } from './library-service.ts';
import { createTransferBoard, type TransferBoard } from './transfer-board.ts';
import { watchProgram } from './watch-program.ts';
import type { SelectService } from './select-service.ts';
import { lastSegment, roleKey, toSolveView, unsolvedError } from './solve-view.ts';

/** What the page asks for. */
export interface RunRequest {
  readonly interface: InterfaceUri;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly refresh: boolean;
}

/** From a click to a running program, as jobs. @see design.md 3 */
export interface RunService {
  run(request: RunRequest): JobId;
  download(request: RunRequest): JobId;
  select(request: RunRequest): JobId;
  /** Directory names of the implementations that programs started here are using now. */
  inUse(): ReadonlySet<string>;
  /** Lists what an earlier session began, to be begun again. */
  restore(entry: HistoryEntry): JobId;
}

interface Deps {
  readonly jobs: JobService;
  readonly history: Pick<JobHistory, 'note'>;
  readonly select: SelectService;
  readonly feeds: Pick<FeedService, 'refresh'>;
  readonly fetch: FetchService;
  readonly launch: LaunchService;
  readonly processes: Pick<ProcessPort, 'start'>;
  readonly library: LibraryService;
  readonly runLog: Pick<RunLogPort, 'note'>;
  readonly clock: ClockPort;
  readonly log: LogPort;
  /** Tells the page that tiles or the cache look different now. */
  readonly onChanged: (what: 'apps' | 'solve' | 'cache') => void;
}

/** Creates the service. */
export function createRunService(deps: Deps): RunService {
  const { jobs, clock, library, log } = deps;
  const running = new Map<RunningProgram, readonly string[]>();

  const start = (kind: 'run' | 'download' | 'select', request: RunRequest): JobId =>
    jobs.start(toJobRequest(kind, request), workOf(kind, request));

  const workOf = (kind: 'run' | 'download' | 'select', request: RunRequest): JobWork => {
    const title = lastSegment(request.interface);
    return async (context) => {
      if (kind !== 'select') deps.history.note(context.id, toOrder(kind, request));
      const clickedAt = clock.now();
      const previous = (await library.read())[request.interface]?.versions ?? {};
      const board = createTransferBoard({ context, clock, root: request.interface, previous });
      const selected = await selectAll({ ...request, kind }, context, board);
      if (kind === 'select') return;
      const name = selected.answer.tree[0]?.name ?? title;
      await fetchAll(selected.answer, context, board);
      if (kind === 'download') {
        await library.add(request.interface, name);
        deps.onChanged('apps');
        return;
      }
      await startProgram({ request, name, clickedAt, answer: selected.answer }, context);
      refreshLater(request, name, selected.staleFeeds);
    };
  };

  const selectAll = async (
    request: RunRequest & { readonly kind: 'run' | 'download' | 'select' },
    context: JobContext,
    board: TransferBoard,
  ) => {
    const result = await deps.select.select(toRequirements(request), {
      mode: request.kind,
      refresh: request.refresh,
      signal: context.signal,
      ask: context.ask,
      onAnswer: (answer, problems) => {
        board.showAnswer(toSolveView(request.interface, answer, { previous: board.previous, problems }));
      },
      onFeed: (url, state) => {
        board.showTransfer({ key: url, kind: 'feed', title: lastSegment(url), detail: url }, state);
      },
    });
    deps.onChanged('solve');
    if (result.answer.status === 'solved') return result;
    // A feed that could not be fetched explains more than "no solution" does.
    const problem = result.problems[0];
    if (problem) throw fromErrorData(problem);
    throw unsolvedError(request.interface, result.answer);
  };

  const fetchAll = async (answer: SelectAnswer, context: JobContext, board: TransferBoard): Promise<void> => {
    const missing = toFetchItems(answer.tree);
    if (missing.length === 0) return;
    context.update({ phase: 'downloading' });
    for (const item of missing) {
      board.showTransfer(
        { key: item.key, kind: 'implementation', title: item.name, detail: item.implementation.version },
        { phase: 'waiting', receivedBytes: 0, totalBytes: null },
      );
    }
    const isOffline = (await deps.select.policy()).networkUse === 'off-line';
    const bytes = await fetchOrKeep(missing, context, {
      signal: context.signal,
      control: context.transfers,
      isOffline,
      onProgress: (key, state) => {
        const item = missing.find((each) => each.key === key);
        if (item) {
          const { name, implementation } = item;
          board.showTransfer({ key, kind: 'implementation', title: name, detail: implementation.version }, state);
        }
      },
    });
    context.update({ bytes });
    deps.onChanged('cache');
  };

  /** Says what is kept when it does not get to the end. */
  const fetchOrKeep = async (
    items: readonly FetchItem[],
    context: JobContext,
    options: FetchOptions,
  ): Promise<number> => {
    try {
      return await deps.fetch.fetch(items, options);
    } catch (error) {
      try {
        context.update({ kept: await deps.fetch.kept(items) });
      } catch (problem) {
        // What went wrong first is what a person must know.
        log.info('kept parts not read', { reason: String(problem) });
      }
      throw error;
    }
  };

  interface Start {
    readonly request: RunRequest;
    readonly name: string;
    readonly clickedAt: number;
    readonly answer: SelectAnswer;
  }

  const startProgram = async ({ request, name, clickedAt, answer }: Start, context: JobContext): Promise<void> => {
    if (answer.status !== 'solved') throw new Error('started without selections');
    context.update({ phase: 'starting' });
    const plan = await deps.launch.plan(answer.selections, { args: request.args ?? [] });
    context.signal.throwIfAborted();
    const program = await deps.processes.start(plan, { name, inTerminal: answer.needsTerminal });
    const startMs = clock.now() - clickedAt;
    const used = answer.selections.selections.flatMap(({ digests }) => digests);
    running.set(program, used);
    deps.runLog.note({ interface: request.interface, digests: used });
    void program.ended.then(() => running.delete(program));
    log.info('program started', { interface: request.interface, pid: program.pid, startMs });
    const versions = Object.fromEntries(
      answer.tree.flatMap((row) => (row.implementation ? [[roleKey(row.role), row.implementation.version]] : [])),
    );
    try {
      await library.noteRun(request.interface, name, versions);
      deps.onChanged('apps');
    } catch (error) {
      // The program runs: that it could not be noted, say on a full disk, is no reason to call it failed.
      log.warn('run not noted', { interface: request.interface, reason: String(error) });
    }
    await watchProgram({ program, name, startMs, clock, context });
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
    inUse: () => new Set([...running.values()].flat()),
    restore({ order, title, ...ended }) {
      const request = toRequest(order);
      return jobs.restore({ ...toJobRequest(order.kind, request), title }, ended, workOf(order.kind, request));
    },
  };
}

function toJobRequest(kind: 'run' | 'download' | 'select', request: RunRequest): JobRequest {
  return { kind, interface: request.interface, title: lastSegment(request.interface), phase: 'selecting' };
}

function toOrder(kind: JobOrder['kind'], { interface: uri, command, args, refresh }: RunRequest): JobOrder {
  return { kind, interface: uri, command: command ?? null, args: [...(args ?? [])], refresh };
}

function toRequest({ interface: uri, command, args, refresh }: JobOrder): RunRequest {
  return { interface: uri, ...(command !== null && { command }), args, refresh };
}

/** Requirements for running a program with its default command on this machine. */
export function toRequirements(request: { readonly interface: string; readonly command?: string }): Requirements {
  return {
    interface: request.interface,
    command: request.command ?? 'run',
    isSource: false,
    mayCompile: false,
    os: null,
    cpu: null,
    restrictions: {},
  };
}
