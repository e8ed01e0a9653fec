import { describe, expect, it } from 'vitest';
import { noticeOfFlaws, noticeOfJob, noticeOfUpdates, trayWords } from '../../../../electron/app/attention.ts';
import { loadMainTexts } from '../../../../electron/app/texts.ts';
import { newJob } from '../../../../renderer/api/scripted/jobs.ts';
import type { JobId, JobSnapshot } from '../../../../shared/model/index.ts';

const texts = await loadMainTexts('en', []);
const start = Date.parse('2026-11-22T10:00:00Z');
const job = (change: Partial<JobSnapshot>): JobSnapshot =>
  newJob('job-1' as JobId, { title: 'Memo', kind: 'download', startedAt: '2026-11-22T10:00:00Z', ...change });
const title = (
  change: Partial<JobSnapshot>,
  before: Partial<JobSnapshot> | null,
  seconds: number,
): string | undefined =>
  noticeOfJob(texts, {
    job: job(change),
    before: before === null ? undefined : job(before),
    nowMs: start + seconds * 1000,
  })?.title;

describe('what is told while another window is used [O34] [W25]', () => {
  it('is a download that took long, and none that was quick', () => {
    expect(title({ state: 'done' }, { state: 'running' }, 30)).toBe('Memo is downloaded');
    expect(title({ state: 'done' }, { state: 'running' }, 3)).toBeUndefined();
    expect(title({ kind: 'run', phase: 'running' }, { phase: 'downloading' }, 30)).toBe('Memo is downloaded');
    expect(title({ state: 'failed' }, { state: 'running' }, 30)).toBe('Memo could not be downloaded');
  });

  it('is a question at once, and once', () => {
    expect(title({ state: 'asking' }, { state: 'running' }, 1)).toBe('Memo waits for your answer');
    expect(title({ state: 'asking' }, { state: 'asking' }, 20)).toBeUndefined();
  });

  it('is nothing of what is done by itself, or ended before it was looked at', () => {
    expect(title({ kind: 'catalog-refresh', state: 'done' }, { state: 'running' }, 60)).toBeUndefined();
    expect(title({ kind: 'cache-verify', state: 'done' }, { state: 'running' }, 60)).toBeUndefined();
    expect(title({ state: 'done' }, null, 60)).toBeUndefined();
    expect(title({ state: 'cancelled' }, { state: 'running' }, 60)).toBeUndefined();
  });

  it('is that there are more updates than before', () => {
    expect(noticeOfUpdates(texts, 2, 0)).toMatchObject({ title: '2 apps have updates', page: 'updates' });
    expect(noticeOfUpdates(texts, 2, 2)).toBeNull();
    expect(noticeOfUpdates(texts, 2, null)).toBeNull();
    expect(noticeOfFlaws(texts, 1, 0)).toMatchObject({
      title: 'A flaw was found in what a program uses',
      page: 'apps',
    });
    expect(noticeOfFlaws(texts, 1, 1)).toBeNull();
  });
});

it('the tray says the work, or else how many updates there are [X9] [O15]', () => {
  const done = { state: 'done', finishedAt: '2026-11-22T10:00:09Z' } as const;
  expect(trayWords(texts, [], 0)).toBe('Zerodesk: nothing to do');
  expect(trayWords(texts, [job(done)], 3)).toBe('Zerodesk: 3 updates');
  expect(trayWords(texts, [job({}), job(done)], 3)).toBe('Zerodesk: one job at work');
  expect(trayWords(texts, [job({}), job({ state: 'asking' })], 0)).toBe('Zerodesk: waiting for your answer');
});
