import { describe, expect, it } from 'vitest';
import { allOrNothing, createUndoService, type Restore } from '../../../../electron/services/undo-service.ts';

const nothing = (): void => {};

describe('a way back', () => {
  it('is taken once, and told like the change', async () => {
    const undo = createUndoService();
    const told: string[] = [];
    let value = 'before';
    const change = (): Promise<Restore> => {
      value = 'after';
      return Promise.resolve(() => {
        value = 'before';
        return Promise.resolve();
      });
    };
    const id = await undo.perform(change, () => told.push(value));
    expect(told).toEqual(['after']);
    await undo.take(id);
    expect(told).toEqual(['after', 'before']);
    await expect(undo.take(id)).rejects.toMatchObject({ code: 'no-such' });
    expect(told).toEqual(['after', 'before']);
  });

  it('is not kept of a change that failed, which nobody is told of', async () => {
    const told: string[] = [];
    const undo = createUndoService();
    const change = (): Promise<Restore> => Promise.reject(new Error('disk full'));
    await expect(undo.perform(change, () => told.push('changed'))).rejects.toThrow('disk full');
    expect(told).toEqual([]);
  });

  it('that could not be taken is still there', async () => {
    const undo = createUndoService();
    let isFull = true;
    const restore = (): Promise<void> => (isFull ? Promise.reject(new Error('disk full')) : Promise.resolve());
    const id = await undo.perform(() => Promise.resolve(restore), nothing);
    await expect(undo.take(id)).rejects.toThrow('disk full');
    isFull = false;
    await undo.take(id);
  });

  it('is forgotten when there are very many', async () => {
    const undo = createUndoService();
    const change = (): Promise<Restore> => Promise.resolve(() => Promise.resolve());
    const ids = await Promise.all(Array.from({ length: 201 }, () => undo.perform(change, nothing)));
    await expect(undo.take(ids[0]!)).rejects.toMatchObject({ code: 'no-such' });
    await undo.take(ids[1]!);
    await undo.take(ids[200]!);
  });
});

describe('several changes', () => {
  /** Changes a list by one entry. */
  const adding = (list: string[], entry: string) => (): Promise<Restore> => {
    list.push(entry);
    return Promise.resolve(() => Promise.resolve(list.splice(list.indexOf(entry), 1)));
  };

  it('are taken back together, the last one first', async () => {
    const list: string[] = [];
    const restore = await allOrNothing([adding(list, 'one'), adding(list, 'two')]);
    expect(list).toEqual(['one', 'two']);
    await restore();
    expect(list).toEqual([]);
  });

  it('are none if one of them fails', async () => {
    const list: string[] = [];
    const failing = (): Promise<Restore> => Promise.reject(new Error('disk full'));
    await expect(allOrNothing([adding(list, 'one'), failing, adding(list, 'two')])).rejects.toThrow('disk full');
    expect(list).toEqual([]);
  });

  it('are taken back from where it stopped when it is tried again', async () => {
    const list: string[] = [];
    let isFull = true;
    const stubborn = (): Promise<Restore> =>
      Promise.resolve(() => (isFull ? Promise.reject(new Error('disk full')) : Promise.resolve()));
    const restore = await allOrNothing([adding(list, 'one'), stubborn, adding(list, 'two')]);
    await expect(restore()).rejects.toThrow('disk full');
    expect(list).toEqual(['one']);
    isFull = false;
    await restore();
    expect(list).toEqual([]);
  });
});
