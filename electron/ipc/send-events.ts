import type { BrowserWindow } from 'electron';
import type { EventData, EventName } from '../../shared/ipc/contract.ts';
import { eventChannel } from '../../shared/ipc/bridge.ts';
import type { Desk } from '../desk.ts';

/** Tells every window of an event. */
export function createSender(
  windows: () => readonly BrowserWindow[],
): <N extends EventName>(name: N, data: EventData<N>) => void {
  return (name, data) => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.webContents.send(`${eventChannel}:${name}`, data);
    }
  };
}

/** Passes the desk's events on. Returns its undo. */
export function sendEvents(desk: Desk, send: ReturnType<typeof createSender>): () => void {
  const undo = [
    desk.jobs.onChanged((snapshot) => {
      send('jobs.changed', snapshot);
    }),
    desk.onPrivate((why) => {
      send('sharing.private', why);
    }),
    desk.onChanged((what) => {
      send('state.changed', { what });
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}
