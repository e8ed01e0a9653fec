import { describe, expect, it } from 'vitest';
import { createSharedWork } from '../../../../electron/core/shared-work.ts';

function setUp() {
  const work = createSharedWork<string, { readonly signal?: AbortSignal; readonly name: string }>(
    () => new Error('given up'),
  );
  const starts: {
    signal: AbortSignal;
    names: () => string[];
    finish: (value: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const run = (name: string, signal?: AbortSignal) =>
    work.run('key', signal === undefined ? { name } : { name, signal }, (workSignal, callers) => {
      return new Promise((resolve, reject) => {
        starts.push({
          signal: workSignal,
          names: () => callers().map((caller) => caller.name),
          finish: resolve,
          fail: reject,
        });
        workSignal.addEventListener('abort', () => reject(new Error('stopped')));
      });
    });
  return { run, starts };
}

describe('shared work', () => {
  it('is done once for all who want it at the time', async () => {
    const { run, starts } = setUp();
    const all = [run('a'), run('b')];
    expect(starts).toHaveLength(1);
    expect(starts[0]?.names()).toEqual(['a', 'b']);
    starts[0]?.finish('done');
    expect(await Promise.all(all)).toEqual(['done', 'done']);
    void run('c');
    expect(starts).toHaveLength(2);
  });

  it('fails for all', async () => {
    const { run, starts } = setUp();
    const all = Promise.allSettled([run('a'), run('b')]);
    starts[0]?.fail(new Error('no'));
    expect(await all).toMatchObject([{ reason: { message: 'no' } }, { reason: { message: 'no' } }]);
  });

  it('goes on while one still wants it, and stops with the last', async () => {
    const { run, starts } = setUp();
    const [one, two] = [new AbortController(), new AbortController()];
    const results = Promise.allSettled([run('a', one.signal), run('b', two.signal)]);
    one.abort();
    expect(starts[0]?.names()).toEqual(['b']);
    expect(starts[0]?.signal.aborted).toBe(false);
    two.abort();
    expect(starts[0]?.signal.aborted).toBe(true);
    expect(await results).toMatchObject([{ reason: { message: 'given up' } }, { reason: { message: 'stopped' } }]);
  });

  it('starts afresh for who comes after the last has given up', async () => {
    const { run, starts } = setUp();
    const controller = new AbortController();
    const first = run('a', controller.signal);
    controller.abort();
    const second = run('b');
    expect(starts).toHaveLength(2);
    starts[1]?.finish('done');
    await expect(first).rejects.toThrow('stopped');
    expect(await second).toBe('done');
  });

  it('does not begin for those who gave up before', async () => {
    const { run, starts } = setUp();
    await expect(run('a', AbortSignal.abort())).rejects.toThrow('given up');
    expect(starts).toEqual([]);
  });
});
