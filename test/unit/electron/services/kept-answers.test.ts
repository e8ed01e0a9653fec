import { describe, expect, it } from 'vitest';
import { createKeptAnswers } from '../../../../electron/services/kept-answers.ts';

/** Answers that count how often they were asked for. */
function createAnswers() {
  let count = 0;
  let state = 'one';
  const kept = createKeptAnswers<number>(() => Promise.resolve(state));
  const ask = (key: string, sources: readonly string[], circumstances = '') =>
    kept.get(key, circumstances, () => Promise.resolve({ value: (count += 1), sources }));
  return {
    kept,
    ask,
    setState: (next: string) => {
      state = next;
    },
  };
}

describe('an answer', () => {
  it('is asked for once', async () => {
    const { ask } = createAnswers();
    expect(await ask('a', ['x'])).toBe(1);
    expect(await ask('a', ['x'])).toBe(1);
    expect(await ask('b', ['x'])).toBe(2);
  });

  it('is another one in other circumstances', async () => {
    const { ask } = createAnswers();
    await ask('a', ['x'], 'on-line');
    expect(await ask('a', ['x'], 'off-line')).toBe(2);
    expect(await ask('a', ['x'], 'off-line')).toBe(2);
  });

  it('is asked for again when a source of it has changed, and only then', async () => {
    const { kept, ask } = createAnswers();
    await ask('a', ['x', 'y']);
    await ask('b', ['y']);
    expect(kept.forget('z')).toBe(false);
    expect(kept.forget('x')).toBe(true);
    expect(await ask('a', ['x', 'y'])).toBe(3);
    expect(await ask('b', ['y'])).toBe(2);
    expect(kept.forgetAll()).toBe(true);
    expect(kept.forgetAll()).toBe(false);
    expect(await ask('b', ['y'])).toBe(4);
  });

  it('is asked for again when its sources look otherwise', async () => {
    const { ask, setState } = createAnswers();
    await ask('a', ['x']);
    setState('two');
    expect(await ask('a', ['x'])).toBe(2);
    expect(await ask('a', ['x'])).toBe(2);
  });

  it('during which something changed is not kept, and counts as made from everything', async () => {
    const { kept, ask } = createAnswers();
    const answer = kept.get('a', '', () => {
      expect(kept.forget('anything')).toBe(true);
      return Promise.resolve({ value: 100, sources: ['x'] });
    });
    expect(await answer).toBe(100);
    expect(await ask('a', ['x'])).toBe(1);
  });

  it('that failed is asked for again, and is under way no more', async () => {
    const { kept, ask } = createAnswers();
    await expect(kept.get('a', '', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(kept.forget('x')).toBe(false);
    expect(await ask('a', ['x'])).toBe(1);
  });

  it('that nobody wants any more is forgotten', async () => {
    const { kept, ask } = createAnswers();
    await ask('a', ['x']);
    await ask('b', ['x']);
    kept.retain(new Set(['b']));
    expect(await ask('a', ['x'])).toBe(3);
    expect(await ask('b', ['x'])).toBe(2);
  });
});
