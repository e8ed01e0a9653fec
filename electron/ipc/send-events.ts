import type { BrowserWindow } from 'electron';
import type { EventData, EventName } from '../../shared/ipc/contract.ts';
import { eventChannel } from '../../shared/ipc/bridge.ts';
import type { Desk } from '../desk.ts';

/** Passes the desk's events on to every window. Returns its undo. */
export function sendEvents(desk: Desk, windows: () => readonly BrowserWindow[]): () => void {
  const send = <N extends EventName>(name: N, data: EventData<N>): void => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.webContents.send(`${eventChannel}:${name}`, data);
    }
  };
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
