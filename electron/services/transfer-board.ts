import type { DownloadRow, Progress, SolveView } from '../../shared/model/index.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { JobContext } from './job-service.ts';
import { createProgressMeter, sumProgress, type ProgressMeter } from './progress.ts';
import { roleKey } from './solve-view.ts';

type TransferState = Pick<Progress, 'phase' | 'receivedBytes' | 'totalBytes'>;

/** What a job shows of a selection: the tree, and the transfers laid over it. */
export interface TransferBoard {
  readonly previous: Readonly<Record<string, string>>;
  showAnswer(view: SolveView): void;
  showTransfer(row: Omit<DownloadRow, 'progress'>, state: TransferState): void;
}

interface Options {
  readonly context: Pick<JobContext, 'update'>;
  readonly clock: ClockPort;
  /** The program itself. */
  readonly root: string;
  /** Versions used the last time, by role key. */
  readonly previous: Readonly<Record<string, string>>;
}

/** Starts an empty board; every change is published to the job. */
export function createTransferBoard({ context, clock, root, previous }: Options): TransferBoard {
  const meters = new Map<string, { readonly row: Omit<DownloadRow, 'progress'>; readonly meter: ProgressMeter }>();
  let view: SolveView | null = null;

  const publish = (): void => {
    const downloads = [...meters.values()].map(({ row, meter }) => ({ ...row, progress: meter.current() }));
    const transfers = downloads.filter((row) => row.kind === 'implementation').map((row) => row.progress);
    const progress = sumProgress(transfers.length > 0 ? transfers : downloads.map((row) => row.progress));
    const solve = view && {
      ...view,
      components: view.components.map((row) => {
        const found = meters.get(roleKey(row));
        return found?.row.kind === 'implementation' ? { ...row, progress: found.meter.current() } : row;
      }),
    };
    context.update({ downloads, progress, solve, ...(solve && { title: solve.name }) });
  };

  return {
    previous,
    showAnswer(next) {
      // The root's feed may not be there yet: a name known before is better than a piece of its URL.
      view = next.interface === root ? next : view;
      publish();
    },
    showTransfer(row, state) {
      // Feeds and implementations may have the same name: a program's role is its feed's URL.
      const key = row.kind === 'feed' ? `feed ${row.key}` : row.key;
      const entry = meters.get(key) ?? { row: { ...row, key }, meter: createProgressMeter(clock, state.totalBytes) };
      meters.set(key, entry);
      const { totalBytes, receivedBytes } = entry.meter.current();
      const isOver = state.phase === 'done' || state.phase === 'failed';
      entry.meter.update(
        isOver
          ? { phase: state.phase, receivedBytes: totalBytes ?? receivedBytes, totalBytes }
          : { ...state, totalBytes: state.totalBytes ?? totalBytes },
      );
      publish();
    },
  };
}
