import type { BrowserWindow, ProgressBarOptions } from 'electron';
import type { JobSnapshot } from '../../shared/model/index.ts';
import type { JobService } from '../services/job-service.ts';

/** What the task bar or the dock shows: a share from 0 to 1, more than 1 while nothing is known, below 0 for nothing. */
export interface TaskBarState {
  readonly fraction: number;
  readonly mode: NonNullable<ProgressBarOptions['mode']>;
}

const nothing: TaskBarState = { fraction: -1, mode: 'none' };
const maintenance: readonly JobSnapshot['kind'][] = ['catalog-refresh', 'feed-refresh', 'select'];

/** Sums up what is under way. What a person does not wait for, and programs that run, are left out. */
export function taskBarState(jobs: readonly JobSnapshot[]): TaskBarState {
  const atWork = jobs.filter(
    ({ finishedAt, program, kind }) => finishedAt === null && program === null && !maintenance.includes(kind),
  );
  if (atWork.length === 0) return nothing;
  const mode = atWork.every(({ isPaused }) => isPaused) ? 'paused' : 'normal';
  const measured = atWork.flatMap(({ progress }) => (progress?.totalBytes ? [progress] : []));
  if (measured.length === 0) return mode === 'paused' ? { fraction: 0, mode } : { fraction: 2, mode: 'indeterminate' };
  const share = measured.reduce((sum, { receivedBytes, totalBytes }) => sum + receivedBytes / (totalBytes ?? 1), 0);
  // Each job counts the same: some are measured in bytes, some in versions. One that is not measured yet has done nothing.
  return { fraction: Math.min(1, share / atWork.length), mode };
}

/** Shows the work of all jobs on the windows' task bar buttons. Returns its undo, which clears them. */
export function showOnTaskBar(
  jobs: Pick<JobService, 'list' | 'onChanged'>,
  windows: () => readonly Pick<BrowserWindow, 'isDestroyed' | 'setProgressBar'>[],
): () => void {
  let shown = nothing;
  const show = (state: TaskBarState): void => {
    if (state.fraction === shown.fraction && state.mode === shown.mode) return;
    shown = state;
    for (const window of windows())
      if (!window.isDestroyed()) window.setProgressBar(state.fraction, { mode: state.mode });
  };
  const stop = jobs.onChanged(() => {
    show(taskBarState(jobs.list()));
  });
  return () => {
    stop();
    show(nothing);
  };
}
