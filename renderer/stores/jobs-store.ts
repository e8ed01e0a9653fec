import { createStore } from 'zustand/vanilla';
import type { InterfaceUri, JobId, JobSnapshot } from '../../shared/model/index.ts';
import type { Client } from '../api/client.ts';
import type { OnProblem } from './loadable.ts';

export interface JobsState {
  /** By id, the oldest first. */
  readonly jobs: readonly JobSnapshot[];
  /** Bytes a second of all transfers together, one number a second, the latest last; empty after a minute of rest. */
  readonly rates: readonly number[];
}

/** Seconds that `rates` goes back. */
export const rateSeconds = 60;

export type JobsStore = ReturnType<typeof createJobsStore>;

/** Long pieces of work: what runs, what asks, what is finished. */
export function createJobsStore(client: Client, onProblem: OnProblem) {
  const store = createStore<JobsState>()(() => ({ jobs: [], rates: [] }));

  function put(snapshot: JobSnapshot): void {
    store.setState(({ jobs }) => {
      const index = jobs.findIndex(({ id }) => id === snapshot.id);
      return { jobs: index < 0 ? [...jobs, snapshot] : jobs.with(index, snapshot) };
    });
  }

  /** Follows the main process from here on. @returns its undo */
  function start(): () => void {
    const stop = client.on('jobs.changed', put);
    void client.call('jobs.list', {}).then((result) => {
      if (!result.ok) {
        onProblem(result.error);
        return;
      }
      // What arrived as an event meanwhile is newer than the list.
      const known = new Set(store.getState().jobs.map(({ id }) => id));
      const missed = result.value.filter(({ id }) => !known.has(id));
      store.setState(({ jobs }) => ({ jobs: [...missed, ...jobs].sort((a, b) => numberOf(a.id) - numberOf(b.id)) }));
    });
    return stop;
  }

  /** @param trust fingerprints to trust; none refuses the feed */
  async function answer(job: JobId, trust: readonly string[]): Promise<void> {
    const result = await client.call('jobs.answer', { job, answer: { trust: [...trust] } });
    if (!result.ok) onProblem(result.error);
  }

  async function dismiss(job: JobId): Promise<void> {
    const result = await client.call('jobs.dismiss', { job });
    if (!result.ok) {
      onProblem(result.error);
      return;
    }
    store.setState(({ jobs }) => ({ jobs: jobs.filter(({ id }) => id !== job) }));
  }

  /** Pauses, resumes or ends a job: its work, its downloads, or the program it started. */
  async function tell(call: 'jobs.pause' | 'jobs.resume' | 'jobs.cancel', job: JobId): Promise<void> {
    const result = await client.call(call, { job });
    if (!result.ok) onProblem(result.error);
  }

  /** Puts a job's downloads before those of another one; null: after all others. */
  async function move(job: JobId, before: JobId | null): Promise<void> {
    const result = await client.call('jobs.move', { job, before });
    if (!result.ok) onProblem(result.error);
  }

  /** Begins the work of a job again. The new job takes its place. */
  async function retry(job: JobId): Promise<void> {
    const result = await client.call('jobs.retry', { job });
    if (!result.ok) onProblem(result.error);
    else await dismiss(job);
  }

  /** To be called once a second: notes how fast everything is now. */
  function noteRate(): void {
    store.setState((state) => {
      const rate = selectWorkload(state)?.bytesPerSecond ?? 0;
      const rates = [...state.rates, rate].slice(-rateSeconds);
      if (rates.some((each) => each > 0)) return { rates };
      return state.rates.length === 0 ? state : { rates: [] };
    });
  }

  return {
    store,
    start,
    cancel: (job: JobId) => tell('jobs.cancel', job),
    pause: (job: JobId) => tell('jobs.pause', job),
    resume: (job: JobId) => tell('jobs.resume', job),
    move,
    retry,
    answer,
    dismiss,
    noteRate,
  };
}

const numberOf = (id: JobId): number => Number(id.slice(4));

/** Whether work is going on, a question or a started program included. */
export function isActive(job: JobSnapshot): boolean {
  return job.state === 'running' || job.state === 'asking';
}

/** Whether the work of a job is over but the program it started still runs. */
export function isProgramRunning(job: JobSnapshot): boolean {
  return job.program?.isRunning === true;
}

/** Jobs at work. The same array for the same state is up to the caller (`useShallow`). */
export function selectActiveJobs({ jobs }: Pick<JobsState, 'jobs'>): readonly JobSnapshot[] {
  return jobs.filter(isActive);
}

/** What happens with a program now, or happened last. */
export function selectJobOf({ jobs }: Pick<JobsState, 'jobs'>, uri: InterfaceUri): JobSnapshot | undefined {
  const own = jobs.filter((job) => job.interface === uri);
  return own.findLast(isActive) ?? own.findLast(isProgramRunning) ?? own.at(-1);
}

/** The oldest question that waits for an answer. */
export function selectQuestion({ jobs }: Pick<JobsState, 'jobs'>): JobSnapshot | undefined {
  return jobs.find((job) => job.state === 'asking' && job.question !== null);
}

/** What the status strip says of all work together. */
export interface Workload {
  readonly count: number;
  readonly bytesPerSecond: number;
  /** Of the job that takes longest; null while one is unknown. */
  readonly secondsLeft: number | null;
}

/** Sums up the transfers of all jobs but the paused ones, or null when nothing is being transferred. */
export function selectWorkload({ jobs }: Pick<JobsState, 'jobs'>): Workload | null {
  const atWork = jobs.filter((job) => isActive(job) && !job.isPaused);
  const rows = atWork.flatMap((job) => job.downloads.filter((row) => isMoving(row.progress.phase)));
  if (rows.length === 0) return null;
  const known = atWork.flatMap((job) => job.progress?.secondsLeft ?? []);
  return {
    count: rows.length,
    bytesPerSecond: rows.reduce((sum, row) => sum + (row.progress.bytesPerSecond ?? 0), 0),
    secondsLeft: known.length === 0 ? null : Math.max(...known),
  };
}

const movingPhases = ['waiting', 'connecting', 'receiving', 'unpacking', 'verifying', 'storing'];

/** Whether a transfer is still going on. */
export function isMoving(phase: string): boolean {
  return movingPhases.includes(phase);
}
