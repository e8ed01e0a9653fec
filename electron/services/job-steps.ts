import { fromErrorData } from '../../shared/errors/app-error.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { Requirements, SelectAnswer } from '../core/select/model.ts';
import type { FetchItem, FetchOptions } from './fetch-attempt.ts';
import { toFetchItems, type FetchService } from './fetch-service.ts';
import type { JobContext } from './job-service.ts';
import type { LibraryService } from './library-service.ts';
import type { SelectService } from './select-service.ts';
import { lastSegment, toSolveView, unsolvedError } from './solve-view.ts';
import { createTransferBoard, type TransferBoard } from './transfer-board.ts';

/** An answer that is a selection. */
export type Solved = Extract<SelectAnswer, { readonly status: 'solved' }>;

/** What is to be selected, and for what. */
export interface SelectStep {
  readonly requirements: Requirements;
  readonly mode: 'run' | 'download' | 'select';
  /** Fetches all used feeds again. */
  readonly refresh: boolean;
}

/** Selecting and fetching as steps of jobs, which show how far they are. */
export interface JobSteps {
  /** Where the progress of a job is shown. */
  board(context: JobContext, uri: string): Promise<TransferBoard>;
  /** @throws AppError `no-solution`, `solve-failed`, or why a feed could not be fetched */
  select(
    step: SelectStep,
    context: JobContext,
    board: TransferBoard,
  ): Promise<{ readonly answer: Solved; readonly staleFeeds: readonly string[] }>;
  /** Fetches what no store has. */
  fetch(answer: Solved, context: JobContext, board: TransferBoard): Promise<void>;
}

interface Deps {
  readonly select: SelectService;
  readonly fetch: FetchService;
  readonly library: Pick<LibraryService, 'read'>;
  readonly clock: ClockPort;
  readonly log: LogPort;
  /** Tells the page that tiles or the cache look different now. */
  readonly onChanged: (what: 'solve' | 'cache') => void;
}

/** Creates the steps. */
export function createJobSteps(deps: Deps): JobSteps {
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
        deps.log.info('kept parts not read', { reason: String(problem) });
      }
      throw error;
    }
  };

  return {
    async board(context, uri) {
      const previous = (await deps.library.read())[uri]?.versions ?? {};
      return createTransferBoard({ context, clock: deps.clock, root: uri, previous });
    },
    async select({ requirements, mode, refresh }, context, board) {
      const { interface: uri } = requirements;
      const { answer, problems, staleFeeds } = await deps.select.select(requirements, {
        mode,
        refresh,
        signal: context.signal,
        ask: context.ask,
        onAnswer: (partial, soFar) => {
          board.showAnswer(toSolveView(uri, partial, { previous: board.previous, problems: soFar }));
        },
        onFeed: (url, state) => {
          board.showTransfer({ key: url, kind: 'feed', title: lastSegment(url), detail: url }, state);
        },
      });
      deps.onChanged('solve');
      if (answer.status === 'solved') return { answer, staleFeeds };
      // A feed that could not be fetched explains more than "no solution" does.
      const problem = problems[0];
      if (problem) throw fromErrorData(problem);
      throw unsolvedError(uri, answer);
    },
    async fetch(answer, context, board) {
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
    },
  };
}
