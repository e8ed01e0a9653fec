import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, it } from 'vitest';
import { callChannel, dropChannel } from '../../../../shared/ipc/bridge.ts';
import { createCallGate } from '../../../../electron/ipc/call-gate.ts';

type Listener = Parameters<IpcMain['handle']>[1];
const event = {} as IpcMainInvokeEvent;

function setup() {
  const channels = new Map<string, Listener>();
  const gate = createCallGate({ handle: (channel, listener) => channels.set(channel, listener) });
  return { channels, gate };
}

describe('the gate of the calls', () => {
  it('lets calls wait for the listener, and passes on what they say', async () => {
    const { channels, gate } = setup();
    const early = channels.get(callChannel)!(event, 'apps.list', { refresh: false }) as Promise<unknown>;
    gate.handle(callChannel, (_event, ...words: unknown[]) => Promise.resolve(words));
    expect(await early).toEqual(['apps.list', { refresh: false }]);
    expect(await channels.get(callChannel)!(event, 'later')).toEqual(['later']);
  });

  it('knows our channels only', () => {
    const { channels, gate } = setup();
    expect([...channels.keys()]).toEqual([callChannel, dropChannel]);
    expect(() => gate.handle('elsewhere', () => null)).toThrow('elsewhere');
  });

  it('passes the error of a listener on', async () => {
    const { channels, gate } = setup();
    gate.handle(dropChannel, () => Promise.reject(new Error('no')));
    await expect(channels.get(dropChannel)!(event)).rejects.toThrow('no');
  });
});
