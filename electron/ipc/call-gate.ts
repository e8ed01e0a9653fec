import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { callChannel, dropChannel } from '../../shared/ipc/bridge.ts';

type Listener = Parameters<IpcMain['handle']>[1];

/**
 * Lets the page call before there is anybody to answer: what it asks waits for the listener.
 *
 * @returns where the listeners of our channels are to be set, once each
 */
export function createCallGate(ipcMain: Pick<IpcMain, 'handle'>): Pick<IpcMain, 'handle'> {
  const settle = new Map<string, (listener: Listener) => void>();
  for (const channel of [callChannel, dropChannel]) {
    const listener = new Promise<Listener>((resolve) => settle.set(channel, resolve));
    ipcMain.handle(
      channel,
      async (event: IpcMainInvokeEvent, ...args: unknown[]) => (await listener)(event, ...args) as unknown,
    );
  }
  return {
    handle(channel, listener) {
      const give = settle.get(channel);
      if (give === undefined) throw new Error(`There is no channel ${channel}`);
      give(listener);
    },
  };
}
