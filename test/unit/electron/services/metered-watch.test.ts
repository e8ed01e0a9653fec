import { expect, it } from 'vitest';
import { createMeteredWatch } from '../../../../electron/services/metered-watch.ts';
import { createFakeClock } from '../../../helpers/fake-clock.ts';

it('answers at once with what is known, and asks again after a minute', async () => {
  const clock = createFakeClock();
  const answers = [true, null, true];
  let asked = 0;
  const conditions = { read: () => Promise.resolve({ isMetered: answers[asked++] ?? null, isOnBattery: null }) };
  const isMetered = createMeteredWatch(conditions, clock);
  expect(isMetered()).toBe(false);
  await Promise.resolve();
  expect([isMetered(), isMetered(), asked]).toEqual([true, true, 1]);
  clock.advance(61_000);
  expect(isMetered()).toBe(true);
  await Promise.resolve();
  expect([isMetered(), asked]).toEqual([false, 2]);
});
