import { describe, expect, it } from 'vitest';
import { progressLines } from '../../../../electron/cli/progress-lines.ts';
import { createProgressMeter, sumProgress } from '../../../../electron/services/progress.ts';
import type { Progress } from '../../../../shared/model/solve.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

const at = (change: Partial<Progress>): Progress => ({
  phase: 'receiving',
  receivedBytes: 0,
  totalBytes: 10_000_000,
  bytesPerSecond: null,
  secondsLeft: null,
  ...change,
});

describe('the progress on a terminal', () => {
  it('is one line for one part', () => {
    const progress = at({ receivedBytes: 5_000_000, bytesPerSecond: 2_500_000, secondsLeft: 2 });
    expect(progressLines([{ title: 'Memo 1.0', progress }], progress, 100)).toEqual([
      '[##########..........]  50 % of 10.0 MB, 2.5 MB/s, 2 s left, receiving',
    ]);
  });

  it('is a line for each of several that move, and one for all', () => {
    const parts = [
      { title: 'Memo 1.0', progress: at({ receivedBytes: 5_000_000, bytesPerSecond: 1_000_000, secondsLeft: 5 }) },
      { title: 'A library with a very long name 2.1', progress: at({ phase: 'unpacking', receivedBytes: 10_000_000 }) },
      { title: 'Done 3', progress: at({ phase: 'done', receivedBytes: 10_000_000 }) },
      { title: 'Waiting 4', progress: at({ phase: 'waiting' }) },
    ];
    const sum = sumProgress(parts.map(({ progress }) => progress))!;
    expect(progressLines(parts, sum, 100)).toEqual([
      'Memo 1.0                 [##########..........]  50 % of 10.0 MB, 1.0 MB/s, 5 s left, receiving',
      'A library with a very l… [####################] 100 % of 10.0 MB, unpacking',
      '[############........]  62 % of 40.0 MB, 1.0 MB/s, 15 s left, receiving, 1 of 4 parts',
    ]);
  });

  it('shows no share of what nobody knows, and does not say 100 % too early', () => {
    const unknown = at({ totalBytes: null, receivedBytes: 1_234_000 });
    expect(progressLines([{ title: 'x', progress: unknown }], unknown, 80)).toEqual(['1.2 MB, receiving']);
    const nearly = at({ receivedBytes: 9_999_999, secondsLeft: 120 });
    expect(progressLines([{ title: 'x', progress: nearly }], nearly, 80)[0]).toContain(' 99 %');
    expect(progressLines([{ title: 'x', progress: nearly }], nearly, 80)[0]).toContain('2 min left');
  });

  it('fits the terminal, however many parts there are', () => {
    const parts = Array.from({ length: 30 }, (_, index) => ({
      title: `Part ${index}`,
      progress: at({ receivedBytes: index }),
    }));
    const lines = progressLines(parts, sumProgress(parts.map(({ progress }) => progress))!, 40);
    expect(lines).toHaveLength(7);
    for (const line of lines) expect(line.length).toBeLessThan(40);
  });

  it('has the figures of the window', () => {
    const clock = createFakeClock();
    const meter = createProgressMeter(clock, 10_000_000);
    for (let second = 0; second <= 4; second += 1) {
      meter.update({ phase: 'receiving', receivedBytes: second * 1_000_000, totalBytes: 10_000_000 });
      clock.advance(1000);
    }
    const progress = meter.current();
    const [line = ''] = progressLines([{ title: 'x', progress }], progress, 100);
    expect(progress).toMatchObject({ bytesPerSecond: 1_000_000, secondsLeft: 6 });
    expect(line).toBe('[########............]  40 % of 10.0 MB, 1.0 MB/s, 6 s left, receiving');
  });
});
