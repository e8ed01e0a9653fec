import type { TransferListener } from '../../core/ports/http.ts';
import { monotonicMs } from '../clock.ts';

type State = Parameters<TransferListener>[0];

/** Shortest time between two messages about bytes. */
const intervalMs = 40;

/** Passes states on: changes of phase at once, bytes at most 25 times a second, the last of them always. */
export function createProgress(listener: TransferListener | undefined): {
  readonly report: (state: State) => void;
  /** Passes on what is still held back; nothing may be reported afterwards. */
  readonly flush: () => void;
} {
  let last: State | null = null;
  let held: State | null = null;
  let sentAt = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  const send = (state: State): void => {
    clearTimeout(timer);
    timer = undefined;
    held = null;
    last = state;
    sentAt = monotonicMs();
    listener?.(state);
  };
  const flush = (): void => {
    if (held !== null) send(held);
  };
  return {
    report(state) {
      const wait = sentAt + intervalMs - monotonicMs();
      if (last?.phase !== state.phase || wait <= 0) {
        send(state);
        return;
      }
      held = state;
      timer ??= setTimeout(flush, wait);
    },
    flush,
  };
}
