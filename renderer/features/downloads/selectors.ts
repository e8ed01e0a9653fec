import type { JobSnapshot } from '../../../shared/model/index.ts';
import { isActive } from '../../stores/jobs-store.ts';

/** Jobs as the page groups them. */
export interface JobGroups {
  /** At work, paused or asking, in the order of their downloads. */
  readonly queue: readonly JobSnapshot[];
  /** Failed or cancelled; the latest first. */
  readonly unfinished: readonly JobSnapshot[];
  /** The latest first, like the next. */
  readonly today: readonly JobSnapshot[];
  readonly earlier: readonly JobSnapshot[];
}

/** Sorts jobs by what a person can do about them. A program that runs is over as far as downloading goes. */
export function groupJobs(jobs: readonly JobSnapshot[], now: Date): JobGroups {
  const isOver = (job: JobSnapshot): boolean => !isActive(job) || (job.program !== null && job.state !== 'asking');
  const over = jobs.filter((job) => isOver(job) && isNews(job)).toReversed();
  const isUnfinished = ({ state, program }: JobSnapshot): boolean =>
    program === null && (state === 'failed' || state === 'cancelled');
  const finished = over.filter((job) => !isUnfinished(job));
  const isToday = ({ finishedAt }: JobSnapshot): boolean => finishedAt === null || isSameDay(new Date(finishedAt), now);
  return {
    queue: jobs.filter((job) => !isOver(job)).toSorted((a, b) => a.rank - b.rank),
    unfinished: over.filter(isUnfinished),
    today: finished.filter(isToday),
    earlier: finished.filter((job) => !isToday(job)),
  };
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** Catalogues and feeds refresh by themselves; only when that fails is it worth a line. */
function isNews(job: JobSnapshot): boolean {
  return (job.kind !== 'catalog-refresh' && job.kind !== 'feed-refresh') || job.error !== null;
}

/** Whether a finished job can be begun again from this page. */
export function canRetry(job: JobSnapshot): boolean {
  return job.interface !== null && (job.state === 'failed' || job.state === 'cancelled') && job.kind !== 'select';
}

/** Whether a job has downloads that wait when they are told to. */
export function canPause({ kind, state }: JobSnapshot): boolean {
  return state === 'running' && (kind === 'run' || kind === 'download' || kind === 'cache-repair');
}

/** All transfers together. */
export interface Overall {
  readonly receivedBytes: number;
  /** Null while one is unknown. */
  readonly totalBytes: number | null;
  readonly bytesPerSecond: number;
  /** At the present speed; null while that says nothing. */
  readonly secondsLeft: number | null;
}

/** Sums up what is measured in bytes, or null if there is nothing of that kind. */
export function sumUp(queue: readonly JobSnapshot[]): Overall | null {
  const parts = queue.flatMap(({ kind, progress }) =>
    progress === null || kind.startsWith('cache') ? [] : [progress],
  );
  if (parts.length === 0) return null;
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const totals = parts.map((part) => part.totalBytes);
  const totalBytes = totals.includes(null) ? null : sum(totals.map((total) => total ?? 0));
  const receivedBytes = sum(parts.map((part) => part.receivedBytes));
  const bytesPerSecond = sum(parts.map((part) => part.bytesPerSecond ?? 0));
  const isKnown = totalBytes !== null && bytesPerSecond > 0;
  return {
    receivedBytes,
    totalBytes,
    bytesPerSecond,
    secondsLeft: isKnown ? (totalBytes - receivedBytes) / bytesPerSecond : null,
  };
}

/** Speed limits to choose from, bytes a second. */
export const speedLimits = [100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000] as const;
