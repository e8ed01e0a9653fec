import { describe, expect, it } from 'vitest';
import { createQuestionQueue } from '../../../../electron/services/question-queue.ts';

const never = new AbortController().signal;
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

describe('the queue of questions', () => {
  it('lets one be open at a time, in order, whatever becomes of it', async () => {
    const queue = createQuestionQueue();
    const open: string[] = [];
    const close = new Map<string, (error?: Error) => void>();
    const ask = (name: string, signal = never) =>
      queue.inTurn(signal, () => {
        open.push(name);
        return new Promise<string>((resolve, reject) => {
          close.set(name, (error) => (error === undefined ? resolve(name) : reject(error)));
        });
      });
    const controller = new AbortController();
    const first = ask('first');
    const second = ask('second', controller.signal);
    const third = ask('third');
    const fourth = ask('fourth');
    await settle();
    expect(open).toEqual(['first']);

    controller.abort();
    await expect(second).rejects.toThrow('cancelled');
    await settle();
    expect(open).toEqual(['first']);

    close.get('first')?.();
    expect(await first).toBe('first');
    await settle();
    expect(open).toEqual(['first', 'third']);

    close.get('third')?.(new Error('window closed'));
    await expect(third).rejects.toThrow('window closed');
    await settle();
    expect(open).toEqual(['first', 'third', 'fourth']);
    close.get('fourth')?.();
    expect(await fourth).toBe('fourth');
  });

  it('does not begin for those who gave up before', async () => {
    await expect(createQuestionQueue().inTurn(AbortSignal.abort(), () => Promise.resolve(1))).rejects.toThrow(
      'cancelled',
    );
  });
});
