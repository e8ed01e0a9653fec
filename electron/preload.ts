import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { callChannel, dropChannel, eventChannel, type Bridge } from '../shared/ipc/bridge.ts';
import type { Result } from '../shared/errors/app-error.ts';

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel, name, input) as Promise<Result<unknown>>,
  drop: (files) =>
    ipcRenderer.invoke(
      dropChannel,
      files.map((file) => webUtils.getPathForFile(file as File)),
    ) as Promise<Result<unknown>>,
  on: (name, listener) => {
    const forward = (_event: IpcRendererEvent, data: unknown): void => {
      listener(data);
    };
    ipcRenderer.on(`${eventChannel}:${name}`, forward);
    return () => ipcRenderer.removeListener(`${eventChannel}:${name}`, forward);
  },
};

contextBridge.exposeInMainWorld('zerodesk', bridge);
