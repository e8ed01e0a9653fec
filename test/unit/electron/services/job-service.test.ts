import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { JobSnapshot, TrustQuestion } from '../../../../shared/model/index.ts';
import { createJobService, type JobContext } from '../../../../electron/services/job-service.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const request = { kind: 'run', interface: null, title: 'Memo', phase: 'selecting' } as const;
const question: TrustQuestion = {
  kind: 'trust',
  feed: 'https://example.com/a.xml' as TrustQuestion['feed'],
  domain: 'example.com',
  keys: [],
  approvedKeys: [],
  previousSigners: [],
};

function setup() {
  const clock = createFakeClock();
  const log = createMemoryLog();
  const jobs = createJobService({ clock, log });
  const seen: JobSnapshot[] = [];
  jobs.onChanged((snapshot) => seen.push(snapshot));
  return { clock, log, jobs, seen };
}

describe('job service', () => {
  it('tells the start at once and the end with its time', async () => {
    const { jobs, seen, clock } = setup();
    const id = jobs.start(request, () => Promise.resolve());
    expect(seen.at(-1)).toMatchObject({ id, state: 'running', title: 'Memo' });
    await jobs.ended(id);
    expect(seen.at(-1)).toMatchObject({
      state: 'done',
      phase: 'finished',
      finishedAt: new Date(clock.now()).toISOString(),
    });
  });

  it('sends at most ten snapshots a second, and the last one', async () => {
    const { jobs, seen, clock } = setup();
    let context: JobContext | null = null;
    let finish = (): void => undefined;
    const id = jobs.start(request, (given) => {
      context = given;
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    const before = seen.length;
    for (let bytes = 1; bytes <= 1000; bytes += 1) {
      (context as unknown as JobContext).update({ bytes });
      clock.advance(1);
    }
    expect(seen.length - before).toBeLessThanOrEqual(11);
    clock.advance(200);
    expect(seen.at(-1)?.bytes).toBe(1000);
    finish();
    await jobs.ended(id);
  });

  it('asks, waits and goes on with the answer', async () => {
    const { jobs, seen } = setup();
    let answer: unknown = null;
    const id = jobs.start(request, async ({ ask }) => {
      answer = await ask(question);
    });
    expect(jobs.get(id)).toMatchObject({ state: 'asking', phase: 'asking', question });
    jobs.answer(id, { trust: ['AB'.repeat(20)] });
    await jobs.ended(id);
    expect(answer).toEqual({ trust: ['AB'.repeat(20)] });
    expect(seen.map((each) => each.state)).toEqual(['running', 'asking', 'running', 'done']);
    expect(seen.at(-1)?.question).toBeNull();
    expect(() => jobs.answer(id, { trust: [] })).toThrow(AppError);
  });

  it('is cancelled while it asks', async () => {
    const { jobs } = setup();
    const id = jobs.start(request, async ({ ask }) => {
      await ask(question);
    });
    jobs.cancel(id);
    await jobs.ended(id);
    expect(jobs.get(id)).toMatchObject({ state: 'cancelled', question: null });
  });

  it('keeps the problem of a failed job, and its cause', async () => {
    const { jobs } = setup();
    const id = jobs.start(request, () =>
      Promise.reject(
        new AppError('fetch-failed', { name: 'a', version: '1' }, { cause: new AppError('disk-full', { path: '/x' }) }),
      ),
    );
    await jobs.ended(id);
    expect(jobs.get(id)).toMatchObject({
      state: 'failed',
      error: { code: 'fetch-failed', causes: [{ code: 'disk-full' }] },
    });
  });

  it('logs our own mistakes with their stack and shows them as a bug', async () => {
    const { jobs, log } = setup();
    const id = jobs.start(request, () => Promise.reject(new TypeError('x is not a function')));
    await jobs.ended(id);
    expect(jobs.get(id).error?.code).toBe('bug');
    expect(log.lines).toContain('error: job failed');
  });

  it('never leaves an end state; only the program that was started lives on', async () => {
    const { jobs } = setup();
    let context: JobContext | null = null;
    const id = jobs.start(request, (given) => {
      context = given;
      return Promise.resolve();
    });
    await jobs.ended(id);
    const program = { pid: 1, isRunning: false, exitCode: 0, signal: null, output: 'x', startMs: 1 };
    (context as unknown as JobContext).update({ phase: 'running', bytes: 7, program });
    expect(jobs.get(id)).toMatchObject({ state: 'done', phase: 'finished', bytes: null, program });
  });

  it('forgets ended jobs only', async () => {
    const { jobs } = setup();
    const id = jobs.start(
      request,
      ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new AppError('cancelled', {}));
          });
        }),
    );
    expect(() => {
      jobs.dismiss(id);
    }).toThrow(/not-allowed/);
    await jobs.close();
    jobs.dismiss(id);
    expect(jobs.list()).toEqual([]);
  });

  it('lets a program that was started go on when everything is closed, and ends it when its job is cancelled', async () => {
    const { jobs } = setup();
    const program = { pid: 1, isRunning: true, exitCode: null, signal: null, output: '', startMs: 1 };
    let context: JobContext | null = null;
    const id = jobs.start(request, (given) => {
      context = given;
      given.update({ program });
      return Promise.resolve();
    });
    await jobs.ended(id);
    await jobs.close();
    const { signal } = context as unknown as JobContext;
    expect(signal.aborted).toBe(false);
    jobs.cancel(id);
    expect(signal.aborted).toBe(true);
  });

  it('forgets old jobs, but none whose program still runs', async () => {
    const { jobs } = setup();
    const program = { pid: 1, isRunning: true, exitCode: null, signal: null, output: '', startMs: 1 };
    const first = jobs.start(request, ({ update }) => {
      update({ program });
      return Promise.resolve();
    });
    for (let count = 0; count < 60; count += 1) await jobs.ended(jobs.start(request, () => Promise.resolve()));
    expect(jobs.get(first).program).toEqual(program);
    expect(jobs.list()).toHaveLength(51);
  });
});

describe('the downloads of a job', () => {
  /** A job that works until it is told to end. */
  function begin(jobs: ReturnType<typeof createJobService>) {
    let context: JobContext | null = null;
    let finish: (error?: Error) => void = () => {};
    const id = jobs.start(request, (given) => {
      context = given;
      return new Promise((resolve, reject) => {
        finish = (error) => {
          if (error) reject(error);
          else resolve();
        };
      });
    });
    return {
      id,
      transfers: (context as unknown as JobContext).transfers,
      finish: async (error?: Error) => {
        finish(error);
        await jobs.ended(id);
      },
    };
  }

  it('are paused and resumed, and never stay so', async () => {
    const { jobs, seen } = setup();
    const job = begin(jobs);
    const heard: boolean[] = [];
    job.transfers.onChanged(() => heard.push(job.transfers.isPaused));
    jobs.pause(job.id);
    expect(seen.at(-1)).toMatchObject({ id: job.id, isPaused: true, state: 'running' });
    jobs.resume(job.id);
    expect(seen.at(-1)?.isPaused).toBe(false);
    jobs.pause(job.id);
    await job.finish();
    expect(heard).toEqual([true, false, true, false]);
    expect(jobs.get(job.id)).toMatchObject({ state: 'done', isPaused: false });
    expect(() => {
      jobs.pause(job.id);
    }).toThrow(expect.objectContaining({ code: 'not-allowed' }) as Error);
  });

  it('are put into another order', async () => {
    const { jobs } = setup();
    const [a, b, c, d] = [begin(jobs), begin(jobs), begin(jobs), begin(jobs)];
    await d.finish();
    const order = (): readonly string[] =>
      [a, b, c]
        .toSorted((x, y) => x.transfers.rank - y.transfers.rank)
        .map(({ id }) => ['a', 'b', 'c'][[a.id, b.id, c.id].indexOf(id)] ?? '');
    expect(order()).toEqual(['a', 'b', 'c']);
    jobs.move(c.id, a.id);
    expect(order()).toEqual(['c', 'a', 'b']);
    jobs.move(c.id, null);
    expect(order()).toEqual(['a', 'b', 'c']);
    jobs.move(a.id, c.id);
    expect(order()).toEqual(['b', 'a', 'c']);
    jobs.move(a.id, a.id);
    expect(order()).toEqual(['b', 'a', 'c']);
    expect(jobs.list().map(({ rank }) => rank)).toEqual([a, b, c].map(({ transfers }) => transfers.rank).concat(4));
    expect(() => {
      jobs.move(a.id, d.id);
    }).toThrow(expect.objectContaining({ code: 'not-allowed' }) as Error);
  });

  it('are begun again after a failure, as another job', async () => {
    const { jobs } = setup();
    let count = 0;
    const id = jobs.start(request, () => {
      count += 1;
      return count === 1 ? Promise.reject(new AppError('host-unknown', { host: 'x' })) : Promise.resolve();
    });
    await jobs.ended(id);
    expect(jobs.get(id).state).toBe('failed');
    const again = jobs.retry(id);
    expect(again).not.toBe(id);
    await jobs.ended(again);
    expect(jobs.get(again)).toMatchObject({ state: 'done', title: 'Memo', error: null });
    expect(() => jobs.retry(again)).toThrow(expect.objectContaining({ code: 'not-allowed' }) as Error);
    expect(count).toBe(2);
  });
});
