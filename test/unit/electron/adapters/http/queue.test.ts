import { describe, expect, it } from 'vitest';
import { createTransferQueue, type Priority } from '../../../../../electron/adapters/http/queue.ts';

const never = new AbortController().signal;

/** Lets promises that are settled have their say. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

const placeOf = ({ priority = 0, rank = () => 0 }: { priority?: Priority; rank?: () => number }) => ({
  priority: () => priority,
  rank,
});

function setUp(limits = { perSite: 2, overall: 3 }) {
  const queue = createTransferQueue(limits);
  const inside: string[] = [];
  const leave = new Map<string, () => void>();
  const enter = (
    name: string,
    site: string,
    options: { priority?: Priority; rank?: () => number; signal?: AbortSignal } = {},
  ): Promise<void> =>
    queue.enter(site, placeOf(options), options.signal ?? never).then((done) => {
      inside.push(name);
      leave.set(name, done);
    });
  return { enter, inside, leave: (name: string) => leave.get(name)?.() };
}

describe('the queue of transfers', () => {
  it('limits each site and all together', async () => {
    const { enter, inside, leave } = setUp();
    for (const [name, site] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['a3', 'a'],
      ['b1', 'b'],
      ['c1', 'c'],
    ] as const)
      void enter(name, site);
    await settle();
    expect(inside).toEqual(['a1', 'a2', 'b1']);
    leave('b1');
    await settle();
    expect(inside).toEqual(['a1', 'a2', 'b1', 'c1']);
    leave('a1');
    leave('a1');
    await settle();
    expect(inside).toEqual(['a1', 'a2', 'b1', 'c1', 'a3']);
  });

  it('serves feeds before archives, and the rest in order', async () => {
    const { enter, inside, leave } = setUp({ perSite: 1, overall: 1 });
    void enter('first', 'a');
    void enter('background', 'a', { priority: 2 });
    void enter('archive', 'a', { priority: 1 });
    void enter('feed 1', 'a');
    void enter('feed 2', 'b');
    for (const name of ['first', 'feed 1', 'feed 2', 'archive']) {
      await settle();
      leave(name);
    }
    await settle();
    expect(inside).toEqual(['first', 'feed 1', 'feed 2', 'archive', 'background']);
  });

  it('forgets those who give up', async () => {
    const { enter, inside, leave } = setUp({ perSite: 1, overall: 1 });
    const controller = new AbortController();
    void enter('first', 'a');
    const given = enter('second', 'a', { signal: controller.signal });
    const third = enter('third', 'a');
    controller.abort();
    await expect(given).rejects.toThrow('cancelled');
    leave('first');
    await third;
    expect(inside).toEqual(['first', 'third']);
  });
});
