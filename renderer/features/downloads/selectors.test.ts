import { describe, expect, it } from 'vitest';
import type { JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { newJob, programState } from '../../api/scripted/jobs.ts';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { canRetry, groupJobs } from './selectors.ts';

const job = (number: number, rest: Partial<JobSnapshot>) => newJob(`job-${number}` as JobId, rest);
const ids = (jobs: readonly JobSnapshot[]) => jobs.map(({ id }) => id);

describe('groupJobs', () => {
  it('puts questions first, the latest end first, and running programs under what is over', () => {
    const groups = groupJobs([
      job(1, { state: 'done' }),
      job(2, {}),
      job(3, { state: 'asking' }),
      job(4, { program: programState(true, null, '') }),
      job(5, { state: 'failed' }),
    ]);
    expect(ids(groups.asking)).toEqual(['job-3']);
    expect(ids(groups.running)).toEqual(['job-2']);
    expect(ids(groups.finished)).toEqual(['job-5', 'job-4', 'job-1']);
  });

  it('is silent about catalogues that were refreshed, and tells of those that were not', () => {
    const error = { code: 'host-unknown', params: { host: 'a.example' }, causes: [] } as const;
    const refresh = { kind: 'catalog-refresh' } as const;
    const groups = groupJobs([job(1, { ...refresh, state: 'done' }), job(2, { ...refresh, state: 'failed', error })]);
    expect(ids(groups.finished)).toEqual(['job-2']);
  });
});

describe('canRetry', () => {
  it('is offered for what failed or was cancelled and belongs to a program', () => {
    expect(canRetry(job(1, { state: 'failed', interface: uriOf('memo') }))).toBe(true);
    expect(canRetry(job(1, { state: 'cancelled', interface: uriOf('memo'), kind: 'download' }))).toBe(true);
    expect(canRetry(job(1, { state: 'done', interface: uriOf('memo') }))).toBe(false);
    expect(canRetry(job(1, { state: 'failed', kind: 'cache-delete' }))).toBe(false);
  });
});
