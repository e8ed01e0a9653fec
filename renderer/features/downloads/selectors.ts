import type { JobSnapshot } from '../../../shared/model/index.ts';
import { isActive } from '../../stores/jobs-store.ts';

/** Jobs as the page groups them. */
export interface JobGroups {
  readonly asking: readonly JobSnapshot[];
  readonly running: readonly JobSnapshot[];
  /** The latest first. */
  readonly finished: readonly JobSnapshot[];
}

/** Sorts jobs by what a person can do about them. A program that runs is over as far as downloading goes. */
export function groupJobs(jobs: readonly JobSnapshot[]): JobGroups {
  const isOver = (job: JobSnapshot): boolean => !isActive(job) || job.program !== null;
  return {
    asking: jobs.filter((job) => job.state === 'asking'),
    running: jobs.filter((job) => job.state === 'running' && !isOver(job)),
    finished: jobs.filter((job) => job.state !== 'asking' && isOver(job) && isNews(job)).toReversed(),
  };
}

/** Catalogues and feeds refresh by themselves; only when that fails is it worth a line. */
function isNews(job: JobSnapshot): boolean {
  return (job.kind !== 'catalog-refresh' && job.kind !== 'feed-refresh') || job.error !== null;
}

/** Whether a finished job can be begun again from this page. */
export function canRetry(job: JobSnapshot): boolean {
  return job.interface !== null && (job.state === 'failed' || job.state === 'cancelled') && job.kind !== 'select';
}
