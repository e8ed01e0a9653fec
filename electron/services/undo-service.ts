import { AppError } from '../../shared/errors/app-error.ts';
import type { UndoId } from '../../shared/model/index.ts';

/** The ways back from what a person did in this session. */
export interface UndoService {
  /** Keeps a way back; the oldest are forgotten. @param restore makes everything as it was before */
  keep(restore: () => Promise<unknown>): UndoId;
  /**
   * Takes a way back, once. One that could not be taken is still there.
   *
   * @throws AppError `no-such`, and what restoring throws
   */
  take(id: UndoId): Promise<void>;
}

const maxKept = 200;

/** Creates the service. */
export function createUndoService(): UndoService {
  const ways = new Map<UndoId, () => Promise<unknown>>();
  let count = 0;
  return {
    keep(restore) {
      count += 1;
      const id = `undo-${count}` as UndoId;
      ways.set(id, restore);
      const [oldest] = ways.keys();
      if (ways.size > maxKept && oldest !== undefined) ways.delete(oldest);
      return id;
    },
    async take(id) {
      const restore = ways.get(id);
      if (restore === undefined) throw new AppError('no-such', { what: 'way back', id });
      // Not twice, also while it is being taken.
      ways.delete(id);
      try {
        await restore();
      } catch (error) {
        ways.set(id, restore);
        throw error;
      }
    },
  };
}
