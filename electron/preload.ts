import { contextBridge } from 'electron';

contextBridge.exposeInMainWorld('zerodesk', {});
