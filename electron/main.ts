import path from 'node:path';
import { app, BrowserWindow } from 'electron';

await app.whenReady();
const window = new BrowserWindow({
  width: 1100,
  height: 760,
  webPreferences: { preload: path.join(import.meta.dirname, '../preload/preload.cjs'), sandbox: true },
});
await window.loadFile(path.join(import.meta.dirname, '../renderer/index.html'));
