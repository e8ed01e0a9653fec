import { describe, expect, it } from 'vitest';
import type { InterfaceUri, JobSnapshot } from '../../../../shared/model/index.ts';
import type { StatePort } from '../../../../electron/core/ports/state.ts';
import { createJobHistory, type JobOrder } from '../../../../electron/services/job-history.ts';
import { createJobService, type JobService, type JobWork } from '../../../../electron/services/job-service.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const uri = 'https://example.com/memo.xml' as InterfaceUri;
const order: JobOrder = {
  kind: 'download',
  interface: uri,
  command: null,
  args: [],
  refresh: false,
  version: null,
  before: null,
  inTerminal: false,
};
const request = { kind: 'download', interface: uri, title: 'Memo', phase: 'selecting' } as const;
const entry = {
  order,
  title: 'Memo',
  state: 'failed',
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: null,
  bytes: null,
  kept: null,
  error: null,
};

/** A session with what an earlier one has left. */
async function open(left: unknown = null) {
  const clock = createFakeClock();
  const log = createMemoryLog();
  const jobs = createJobService({ clock, log });
  let kept = left;
  let writes = 0;
  const state: StatePort = {
    read: () => Promise.resolve(kept),
    write: (_name, value) => {
      kept = value;
      writes += 1;
      return Promise.resolve();
    },
  };
  const history = createJobHistory({ jobs, state, clock, log });
  const workFor =
    (its: JobOrder, work: JobWork): JobWork =>
    (context) => {
      history.note(context.id, its);
      return work(context);
    };
  await history.load(({ order: found, title, ...ended }) =>
    jobs.restore(
      { ...request, title },
      ended,
      workFor(found, () => Promise.resolve()),
    ),
  );
  const start = (work: JobWork) => jobs.start(request, workFor(order, work));
  const saved = async (): Promise<readonly unknown[]> => {
    await history.close();
    return (kept as { readonly jobs: readonly unknown[] }).jobs;
  };
  return { clock, jobs, start, saved, writes: () => writes };
}

const forever: JobWork = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

const states = (jobs: JobService): readonly JobSnapshot['state'][] => jobs.list().map(({ state }) => state);

describe('job history', () => {
  it('keeps work under way as interrupted, with what it has received', async () => {
    const { start, saved } = await open();
    const row = (kind: 'feed' | 'implementation', receivedBytes: number, totalBytes: number) => ({
      key: `${kind} ${totalBytes}`,
      kind,
      title: 'Memo',
      detail: '',
      progress: { phase: 'receiving' as const, bytesPerSecond: 1, secondsLeft: 1, receivedBytes, totalBytes },
    });
    start((context) => {
      const downloads = [row('feed', 7, 7), row('implementation', 30, 60), row('implementation', 0, 40)];
      context.update({ phase: 'downloading', downloads });
      return forever(context);
    });
    expect(await saved()).toMatchObject([
      { order, state: 'failed', error: { code: 'interrupted' }, kept: { bytes: 30, totalBytes: 100 } },
    ]);
  });

  it('keeps how work ended, but not work without a download', async () => {
    const { jobs, start, saved } = await open();
    await jobs.ended(start(({ update }) => Promise.resolve(update({ bytes: 5 }))));
    await jobs.ended(start(() => Promise.resolve()));
    const cancelled = start(forever);
    jobs.cancel(cancelled);
    await jobs.ended(cancelled);
    expect(await saved()).toMatchObject([
      { state: 'done', bytes: 5 },
      { state: 'cancelled', error: null },
    ]);
  });

  it('forgets what is dismissed', async () => {
    const { jobs, saved } = await open({ version: 1, jobs: [entry, { ...entry, title: 'Other' }] });
    jobs.dismiss(jobs.list()[0]!.id);
    expect(await saved()).toMatchObject([{ title: 'Other' }]);
  });

  it('writes at every step, and mere progress seldom', async () => {
    const { clock, start, writes } = await open();
    let tell = (_bytes: number): void => {};
    start((context) => {
      context.update({ phase: 'downloading' });
      tell = (bytes) => {
        context.update({ bytes });
      };
      return forever(context);
    });
    await Promise.resolve();
    const before = writes();
    for (let bytes = 0; bytes < 600; bytes += 1) {
      tell(bytes);
      clock.advance(100);
      await Promise.resolve();
    }
    expect(writes() - before).toBeGreaterThan(10);
    expect(writes() - before).toBeLessThanOrEqual(21);
  });

  it('leaves out what makes no sense or is too old', async () => {
    const old = { ...entry, startedAt: '2025-11-01T00:00:00.000Z' };
    const done = { ...entry, state: 'done', bytes: 1, finishedAt: '2025-12-30T00:00:00.000Z' };
    const odd = [null, { order }, { ...entry, order: { ...order, kind: 'cache-delete' } }, { ...entry, title: 7 }];
    const { jobs } = await open({ version: 1, jobs: [...odd, old, done, entry] });
    expect(states(jobs)).toEqual(['failed']);
    for (const nonsense of ['text', { version: 2, jobs: [] }, { version: 1, jobs: 'many' }]) {
      expect(states((await open(nonsense)).jobs)).toEqual([]);
    }
  });

  it('makes jobs that can be begun again', async () => {
    const { jobs, saved } = await open({ version: 1, jobs: [entry] });
    const [{ id } = { id: null }] = jobs.list();
    const again = jobs.retry(id!);
    await jobs.ended(again);
    expect(jobs.get(again).state).toBe('done');
    expect(await saved()).toHaveLength(1);
  });
});
