import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import { callChannel, eventChannel, type Bridge } from '../shared/ipc/bridge.ts';
import type { Result } from '../shared/errors/app-error.ts';

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel, name, input) as Promise<Result<unknown>>,
  on: (name, listener) => {
    const forward = (_event: IpcRendererEvent, data: unknown): void => {
      listener(data);
    };
    ipcRenderer.on(`${eventChannel}:${name}`, forward);
    return () => ipcRenderer.removeListener(`${eventChannel}:${name}`, forward);
  },
};

contextBridge.exposeInMainWorld('zerodesk', bridge);
