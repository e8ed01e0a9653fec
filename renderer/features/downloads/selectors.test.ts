import { describe, expect, it } from 'vitest';
import type { JobId, JobSnapshot } from '../../../shared/model/index.ts';
import { newJob, programState, progressAt } from '../../api/scripted/jobs.ts';
import { uriOf } from '../../api/scripted/sample-data.ts';
import { canPause, canRetry, groupJobs, sumUp } from './selectors.ts';

const job = (number: number, rest: Partial<JobSnapshot>) => newJob(`job-${number}` as JobId, rest);
const ids = (jobs: readonly JobSnapshot[]) => jobs.map(({ id }) => id);
const now = new Date(2026, 10, 22, 12);
const today = new Date(2026, 10, 22, 0, 1).toISOString();
const yesterday = new Date(2026, 10, 21, 23, 59).toISOString();

describe('groupJobs', () => {
  it('keeps the order of the queue, puts the latest end first, and running programs under what is finished', () => {
    const groups = groupJobs(
      [
        job(1, { state: 'done', finishedAt: yesterday }),
        job(2, { rank: 5 }),
        job(3, { state: 'asking', rank: 4 }),
        job(4, { program: programState(true, null, '') }),
        job(5, { state: 'failed', finishedAt: today }),
        job(6, { state: 'cancelled', finishedAt: yesterday }),
        job(7, { state: 'done', finishedAt: today }),
        job(8, { state: 'failed', finishedAt: today, program: programState(false, 1, '') }),
      ],
      now,
    );
    expect(ids(groups.queue)).toEqual(['job-3', 'job-2']);
    expect(ids(groups.unfinished)).toEqual(['job-6', 'job-5']);
    // A program that ended badly was downloaded all the same.
    expect(ids(groups.today)).toEqual(['job-8', 'job-7', 'job-4']);
    expect(ids(groups.earlier)).toEqual(['job-1']);
  });

  it('is silent about catalogues that were refreshed, and tells of those that were not', () => {
    const error = { code: 'host-unknown', params: { host: 'a.example' }, causes: [] } as const;
    const refresh = { kind: 'catalog-refresh', finishedAt: today } as const;
    const groups = groupJobs(
      [job(1, { ...refresh, state: 'done' }), job(2, { ...refresh, state: 'failed', error })],
      now,
    );
    expect(ids(groups.unfinished)).toEqual(['job-2']);
    expect(groups.today).toEqual([]);
  });
});

describe('what can be done', () => {
  it('again: what failed or was cancelled and belongs to a program', () => {
    expect(canRetry(job(1, { state: 'failed', interface: uriOf('memo') }))).toBe(true);
    expect(canRetry(job(1, { state: 'cancelled', interface: uriOf('memo'), kind: 'download' }))).toBe(true);
    expect(canRetry(job(1, { state: 'done', interface: uriOf('memo') }))).toBe(false);
    expect(canRetry(job(1, { state: 'failed', kind: 'cache-delete' }))).toBe(false);
  });

  it('later: what downloads', () => {
    expect(canPause(job(1, { kind: 'download' }))).toBe(true);
    expect(canPause(job(1, { kind: 'cache-delete' }))).toBe(false);
    expect(canPause(job(1, { state: 'asking' }))).toBe(false);
  });
});

describe('sumUp', () => {
  it('adds up bytes and speeds, and leaves work that is measured otherwise out', () => {
    const progress = progressAt(10_000_000, 0.4);
    const other = { ...progressAt(5_000_000, 0), receivedBytes: 1_000_000 };
    const queue = [job(1, { progress }), job(2, { progress: other }), job(3, { kind: 'cache-verify', progress })];
    expect(sumUp(queue)).toEqual({
      receivedBytes: 5_000_000,
      totalBytes: 15_000_000,
      bytesPerSecond: 2_400_000,
      secondsLeft: 10_000_000 / 2_400_000,
    });
    expect(sumUp([job(3, { kind: 'cache-verify', progress })])).toBeNull();
  });

  it('knows no end while one size is unknown, or while nothing comes', () => {
    const progress = progressAt(10_000_000, 0.4);
    const unknown = [job(1, { progress }), job(2, { progress: { ...progress, totalBytes: null } })];
    expect(sumUp(unknown)).toMatchObject({ totalBytes: null, secondsLeft: null });
    expect(sumUp([job(1, { progress: progressAt(10, 0) })])).toMatchObject({ totalBytes: 10, secondsLeft: null });
  });
});
