import { describe, expect, it } from 'vitest';
import { createUndoService } from '../../../../electron/services/undo-service.ts';

describe('a way back', () => {
  it('is taken once', async () => {
    const undo = createUndoService();
    let value = 'after';
    const id = undo.keep(() => {
      value = 'before';
      return Promise.resolve();
    });
    await undo.take(id);
    expect(value).toBe('before');
    await expect(undo.take(id)).rejects.toMatchObject({ code: 'no-such' });
  });

  it('that could not be taken is still there', async () => {
    const undo = createUndoService();
    let isFull = true;
    const id = undo.keep(() => (isFull ? Promise.reject(new Error('disk full')) : Promise.resolve()));
    await expect(undo.take(id)).rejects.toThrow('disk full');
    isFull = false;
    await undo.take(id);
  });

  it('is forgotten when there are very many', async () => {
    const undo = createUndoService();
    const ids = Array.from({ length: 201 }, () => undo.keep(() => Promise.resolve()));
    await expect(undo.take(ids[0]!)).rejects.toMatchObject({ code: 'no-such' });
    await undo.take(ids[1]!);
    await undo.take(ids[200]!);
  });
});
