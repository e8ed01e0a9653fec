import type { ClockPort } from '../core/ports/clock.ts';
import type { LogPort } from '../core/ports/log.ts';

interface Deps {
  readonly clock: Pick<ClockPort, 'after'>;
  /** Whether an update of any app is to be looked for. */
  readonly isDue: () => Promise<boolean>;
  /** Starts the process that looks, which obeys the rules itself; it calls back when it has ended. */
  readonly look: (onEnd: () => void) => void;
  readonly onChanged: () => void;
  readonly log: LogPort;
}

/** The window is up by then. */
const firstMs = 60_000;
const intervalMs = 60 * 60 * 1000;

/** Looks for updates while the window is open, by a process of its own. @returns what ends it */
export function startUpdateSchedule({ clock, isDue, look, onChanged, log }: Deps): () => void {
  let isLooking = false;
  let cancel: () => void = () => {};
  const again = (): void => {
    cancel = clock.after(intervalMs, turn);
  };
  const turn = (): void => {
    isDue()
      .then((due) => {
        if (!due || isLooking) return;
        isLooking = true;
        look(() => {
          isLooking = false;
          onChanged();
        });
      })
      .catch((error: unknown) => {
        log.warn('updates not looked for', { reason: String(error) });
      })
      .finally(again);
  };
  cancel = clock.after(firstMs, turn);
  return () => {
    cancel();
  };
}
