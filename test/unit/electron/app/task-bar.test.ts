import { describe, expect, it } from 'vitest';
import { showOnTaskBar, taskBarState } from '../../../../electron/app/task-bar.ts';
import { createJobService } from '../../../../electron/services/job-service.ts';
import type { JobSnapshot, Progress } from '../../../../shared/model/index.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const received = (receivedBytes: number, totalBytes: number | null): Progress => ({
  phase: 'receiving',
  receivedBytes,
  totalBytes,
  bytesPerSecond: null,
  secondsLeft: null,
});
const job = (rest: Partial<JobSnapshot>): JobSnapshot =>
  ({ kind: 'run', finishedAt: null, program: null, isPaused: false, progress: null, ...rest }) as JobSnapshot;

describe('the task bar', () => {
  it.each<[string, readonly JobSnapshot[], ReturnType<typeof taskBarState>]>([
    ['nothing', [], { fraction: -1, mode: 'none' }],
    ['what has ended', [job({ finishedAt: 'x', progress: received(1, 2) })], { fraction: -1, mode: 'none' }],
    ['a running program', [job({ program: {} as never })], { fraction: -1, mode: 'none' }],
    ['what nobody waits for', [job({ kind: 'feed-refresh' })], { fraction: -1, mode: 'none' }],
    ['work of unknown size', [job({})], { fraction: 2, mode: 'indeterminate' }],
    ['bytes of unknown number', [job({ progress: received(5, null) })], { fraction: 2, mode: 'indeterminate' }],
    ['a download', [job({ progress: received(1, 4) })], { fraction: 0.25, mode: 'normal' }],
    [
      'several, of bytes and of versions',
      [job({ progress: received(500, 1000) }), job({ kind: 'cache-verify', progress: received(1, 1) })],
      { fraction: 0.75, mode: 'normal' },
    ],
    ['one that has not begun', [job({ progress: received(1, 2) }), job({})], { fraction: 0.25, mode: 'normal' }],
    ['pauses', [job({ isPaused: true, progress: received(1, 4) })], { fraction: 0.25, mode: 'paused' }],
    [
      'one pause of two',
      [job({ isPaused: true }), job({ progress: received(1, 1) })],
      { fraction: 0.5, mode: 'normal' },
    ],
  ])('shows %s', (_what, jobs, state) => {
    expect(taskBarState(jobs)).toEqual(state);
  });

  it('follows the jobs, tells a window nothing twice, and is cleared at the end', async () => {
    const jobs = createJobService({ clock: createFakeClock(), log: createMemoryLog() });
    const told: unknown[] = [];
    const window = { isDestroyed: () => false, setProgressBar: (...state: unknown[]) => told.push(state) };
    const gone = { isDestroyed: () => true, setProgressBar: () => expect.unreachable() };
    showOnTaskBar(jobs, () => [window, gone] as never);

    let end = (): void => {};
    const id = jobs.start({ kind: 'download', interface: null, title: '', phase: 'downloading' }, ({ update }) => {
      update({ phase: 'starting', progress: received(1, 2) });
      return new Promise((resolve) => (end = resolve));
    });
    jobs.pause(id);
    jobs.resume(id);
    end();
    await jobs.ended(id);
    expect(told).toEqual([
      [2, { mode: 'indeterminate' }],
      [0.5, { mode: 'normal' }],
      [0.5, { mode: 'paused' }],
      [0.5, { mode: 'normal' }],
      [-1, { mode: 'none' }],
    ]);
  });
});
