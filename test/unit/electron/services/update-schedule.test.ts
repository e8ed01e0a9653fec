import { describe, expect, it } from 'vitest';
import { startUpdateSchedule } from '../../../../electron/services/update-schedule.ts';
import { createUpdateRules } from '../../../../electron/services/update-rules.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';
import { createMemoryLog } from '../../../helpers/memory-log.ts';

const hourMs = 60 * 60 * 1000;
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

function start(isDue: () => Promise<boolean>) {
  const clock = createFakeClock();
  const ends: (() => void)[] = [];
  let changes = 0;
  const stop = startUpdateSchedule({
    clock,
    isDue,
    look: (onEnd) => ends.push(onEnd),
    onChanged: () => {
      changes += 1;
    },
    log: createMemoryLog(),
  });
  const pass = async (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds);
    await settled();
  };
  return { ends, stop, pass, changes: () => changes };
}

describe('looking for updates now and then', () => {
  it('begins when the window is up, goes on every hour, and never twice at once', async () => {
    const { ends, stop, pass, changes } = start(() => Promise.resolve(true));
    await pass(59_000);
    expect(ends).toHaveLength(0);
    await pass(1000);
    expect(ends).toHaveLength(1);
    await pass(hourMs);
    expect(ends).toHaveLength(1);
    ends[0]?.();
    expect(changes()).toBe(1);
    await pass(hourMs);
    expect(ends).toHaveLength(2);
    stop();
    ends[1]?.();
    await pass(3 * hourMs);
    expect(ends).toHaveLength(2);
  });

  it('starts nothing while nothing is due, and goes on after a problem', async () => {
    const answers = [Promise.resolve(false), Promise.reject(new Error('disk')), Promise.resolve(true)];
    const { ends, stop, pass } = start(() => answers.shift() ?? Promise.resolve(false));
    await pass(60_000);
    await pass(hourMs);
    expect(ends).toHaveLength(0);
    await pass(hourMs);
    expect(ends).toHaveLength(1);
    stop();
  });
});

describe('the rules for what is done unasked', () => {
  const none = { networkUse: 'full', updatesWhenMetered: false, updatesOnBattery: false, updateHours: null } as const;
  const unknown = { isMetered: null, isOnBattery: null };
  it.each([
    [none, unknown, null],
    [none, { isMetered: false, isOnBattery: false }, null],
    [none, { ...unknown, isMetered: true }, 'metered'],
    [none, { ...unknown, isOnBattery: true }, 'battery'],
    [{ ...none, updatesWhenMetered: true }, { isMetered: true, isOnBattery: null }, null],
    [{ ...none, updatesWhenMetered: true }, { isMetered: true, isOnBattery: true }, 'battery'],
    [{ ...none, updatesOnBattery: true }, { isMetered: true, isOnBattery: true }, 'metered'],
    [{ ...none, networkUse: 'off-line' as const }, unknown, 'off-line'],
  ])('%j with %j: %j', async (settings, conditions, expected) => {
    const rules = createUpdateRules({
      settings: { get: () => Promise.resolve(settings as never) },
      conditions: { read: () => Promise.resolve(conditions) },
      clock: { now: () => 0 },
    });
    expect(await rules.obstacle()).toBe(expected);
  });

  it.each([
    [null, 12, null],
    [{ from: 1, until: 6 }, 1, null],
    [{ from: 1, until: 6 }, 5, null],
    [{ from: 1, until: 6 }, 6, 'hours'],
    [{ from: 22, until: 6 }, 23, null],
    [{ from: 22, until: 6 }, 3, null],
    [{ from: 22, until: 6 }, 12, 'hours'],
    [{ from: 5, until: 5 }, 12, null],
  ] as const)('in the hours %j at %i o’clock: %s [D-12]', async (updateHours, hour, expected) => {
    const settings = { networkUse: 'full', updatesWhenMetered: true, updatesOnBattery: true, updateHours };
    const rules = createUpdateRules({
      settings: { get: () => Promise.resolve(settings as never) },
      conditions: { read: () => Promise.resolve({ isMetered: null, isOnBattery: null }) },
      clock: { now: () => new Date(2026, 10, 29, hour, 30).getTime() },
    });
    expect(await rules.obstacle()).toBe(expected);
  });
});
