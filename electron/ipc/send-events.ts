import type { BrowserWindow } from 'electron';
import type { EventData, EventName } from '../../shared/ipc/contract.ts';
import { eventChannel } from '../../shared/ipc/bridge.ts';
import type { Engine } from '../engine.ts';

/** Passes the engine's events on to every window. Returns its undo. */
export function sendEvents(engine: Engine, windows: () => readonly BrowserWindow[]): () => void {
  const send = <N extends EventName>(name: N, data: EventData<N>): void => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.webContents.send(`${eventChannel}:${name}`, data);
    }
  };
  const undo = [
    engine.jobs.onChanged((snapshot) => {
      send('jobs.changed', snapshot);
    }),
    engine.onChanged((what) => {
      send('state.changed', { what });
    }),
  ];
  return () => {
    for (const each of undo) each();
  };
}
