import { AppError } from '../../shared/errors/app-error.ts';
import type { UndoId } from '../../shared/model/index.ts';

/** Makes everything as it was before a change. */
export type Restore = () => Promise<unknown>;

/** The ways back from what a person did in this session. */
export interface UndoService {
  /**
   * Makes a change and keeps the way back; the oldest are forgotten.
   *
   * @param tell of the change, when it was made and when it was taken back
   */
  perform(change: () => Promise<Restore>, tell: () => void): Promise<UndoId>;
  /**
   * Takes a way back, once. One that could not be taken is still there.
   *
   * @throws AppError `no-such`, and what restoring throws
   */
  take(id: UndoId): Promise<void>;
}

const maxKept = 200;

/** Makes one change after the other; if one fails, those before it are taken back. @returns the way back from all of them */
export async function allOrNothing(changes: readonly (() => Promise<Restore>)[]): Promise<Restore> {
  const restores: Restore[] = [];
  const restoreAll = async (): Promise<void> => {
    // Each is forgotten once it was done, so that trying again goes on where it stopped.
    for (let last = restores.at(-1); last !== undefined; last = restores.at(-1)) {
      await last();
      restores.pop();
    }
  };
  try {
    for (const change of changes) restores.push(await change());
  } catch (error) {
    await restoreAll();
    throw error;
  }
  return restoreAll;
}

/** Creates the service. */
export function createUndoService(): UndoService {
  const ways = new Map<UndoId, Restore>();
  let count = 0;
  return {
    async perform(change, tell) {
      const restore = await change();
      tell();
      count += 1;
      const id = `undo-${count}` as UndoId;
      ways.set(id, async () => {
        await restore();
        tell();
      });
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
