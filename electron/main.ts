import { app, ipcMain, Menu } from 'electron';
import { join } from 'node:path';
import { pageFromArguments } from './app/page-argument.ts';
import { declareSchemes, servePage } from './app/protocol.ts';
import { lockDown } from './app/security.ts';
import { applyTheme, savedLook } from './app/look.ts';
import { createWindows } from './app/windows.ts';
import { createJsonState } from './adapters/state/json-state.ts';
import { createPaths } from './adapters/paths.ts';
import { createCallGate } from './ipc/call-gate.ts';

// The window comes first: what stands behind it is loaded while the page is being compiled, in a process of its own. So this
// file and what it imports stay small.

const devServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
const root = app.getAppPath();
const paths = createPaths(process.env);

declareSchemes();
// Until there are texts for ours; Electron would make one of its own.
Menu.setApplicationMenu(null);
// Chromium's own files (cookies, caches) stay beside our state, also in portable mode.
app.setPath('userData', join(paths.state, 'chromium'));
if (app.requestSingleInstanceLock()) {
  start().catch(async (error: unknown) => {
    // Without a window nobody would see it.
    const { createFileLog } = await import('./adapters/log/file-log.ts');
    createFileLog(paths.state).error('start failed', { stack: String((error as Error).stack ?? error) });
    app.exit(1);
  });
} else {
  app.quit();
}

async function start(): Promise<void> {
  const state = createJsonState(paths.state);
  const saved = savedLook(state);
  await app.whenReady();
  lockDown(devServer);
  const calls = createCallGate(ipcMain);
  const windows = createWindows({
    preload: join(root, 'out/preload/preload.cjs'),
    icon: join(root, 'assets/icons/zerodesk.png'),
    devServer,
    state,
  });
  // When the page has asked for its parts; sooner, loading our own code would keep it waiting.
  let beginWork = (): void => undefined;
  const work = new Promise<void>((resolve) => {
    beginWork = resolve;
  })
    .then(() => import('./work.ts'))
    .then(({ startWork }) => startWork({ root, paths, devServer, ipcMain: calls, windows }));
  servePage(join(root, 'out/renderer'), beginWork);
  app.on('second-instance', (_event, argv) => {
    windows.show(pageFromArguments(argv));
  });
  app.on('activate', () => {
    windows.show(null);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  const { theme, language } = await saved;
  applyTheme(theme);
  windows.speak(language);
  const opened = windows.open(pageFromArguments(process.argv));
  // A development server's page comes from there.
  opened.then(beginWork, beginWork);
  await Promise.all([work, opened]);
  (await work).doLater();
}
