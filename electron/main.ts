import { app, BrowserWindow, ipcMain, shell, type IpcMainInvokeEvent } from 'electron';
import { join } from 'node:path';
import { chooseFeed, chooseFolder, chooseProfile, chooseTarget } from './app/choose-file.ts';
import { createDrops } from './app/drops.ts';
import { createMenus } from './app/menu.ts';
import { addressOf, pageFromArguments } from './app/page-argument.ts';
import { declareScheme, pageUrl, serveScheme } from './app/protocol.ts';
import { isTrustedSender, lockDown, openLink } from './app/security.ts';
import { showOnTaskBar } from './app/task-bar.ts';
import { systemProxy } from './app/system-proxy.ts';
import { loadMainTexts } from './app/texts.ts';
import { applyTheme, openMainWindow } from './app/window.ts';
import { zoomPage } from './app/zoom.ts';
import { createFileLog } from './adapters/log/file-log.ts';
import { createPaths } from './adapters/paths.ts';
import { createDesk } from './desk.ts';
import { createHandlers } from './ipc/handlers.ts';
import { registerCalls, registerDrops } from './ipc/register-calls.ts';
import { createSender, sendEvents } from './ipc/send-events.ts';

const devServer = app.isPackaged ? null : (process.env['ELECTRON_RENDERER_URL'] ?? null);
const root = app.getAppPath();
const paths = createPaths(process.env);
const log = createFileLog(paths.state);

declareScheme();
// Chromium's own files (cookies, caches) stay beside our state, also in portable mode.
app.setPath('userData', join(paths.state, 'chromium'));
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    // Without a window nobody would see it.
    log.error('start failed', { stack: String((error as Error).stack ?? error) });
    app.exit(1);
  });
} else {
  app.quit();
}

async function start(): Promise<void> {
  const proxyFor = systemProxy(process.env);
  const desk = createDesk({
    env: process.env,
    ...(proxyFor !== undefined && { proxyFor }),
    version: app.getVersion(),
    samplesDir: join(root, 'assets/samples/site'),
    workersDir: join(root, 'out/main/workers'),
    cliDir: app.isPackaged ? join(process.resourcesPath, 'cli') : join(root, 'out/cli'),
    log,
  });
  await app.whenReady();
  lockDown(devServer);
  log.info('start', { version: app.getVersion(), electron: process.versions.electron, node: process.versions.node });
  const send = createSender(() => BrowserWindow.getAllWindows());
  const menus = createMenus({
    platform: process.platform,
    isDevelopment: !app.isPackaged,
    onAction: (action) => {
      send('action.wanted', { action });
    },
  });
  serveScheme({ pageDir: join(root, 'out/renderer'), readIcon: (uri) => desk.apps.icon(uri) });
  const listening = {
    ipcMain,
    isTrusted: (event: IpcMainInvokeEvent) => isTrustedSender(event, devServer),
    log,
  };
  registerCalls(
    createHandlers(desk, {
      info: () =>
        Promise.resolve({
          version: app.getVersion(),
          electron: process.versions.electron,
          node: process.versions.node,
          platform: process.platform,
          locale: app.getLocale() || 'en',
          configDir: paths.config[0] ?? '',
          cacheDir: paths.cache[0] ?? '',
        }),
      openLink,
      zoom: (to) => {
        for (const window of BrowserWindow.getAllWindows()) zoomPage(window.webContents, to);
      },
      setPossible: menus.setPossible,
      openPath: async (path) => {
        await shell.openPath(path);
      },
      chooseProfile,
      chooseFeed,
      chooseFolder,
      chooseTarget,
    }),
    { ...listening, checksOutputs: !app.isPackaged },
  );
  registerDrops(createDrops(), listening);
  showOnTaskBar(desk.jobs, () => BrowserWindow.getAllWindows());
  sendEvents(desk, send);
  const applySettings = async (): Promise<void> => {
    const { theme, language } = await desk.settings.get();
    applyTheme(theme);
    menus.speak(await loadMainTexts(language, app.getPreferredSystemLanguages()));
  };
  await applySettings();
  desk.onChanged((what) => {
    if (what === 'settings') void applySettings();
  });

  const open = (page: string | null): Promise<BrowserWindow> =>
    openMainWindow({
      page,
      preload: join(root, 'out/preload/preload.cjs'),
      state: desk.state,
      devServer,
      icon: join(root, 'assets/icons/zerodesk.png'),
    });
  await open(pageFromArguments(process.argv));
  desk.removeLeftovers().catch((error: unknown) => {
    log.warn('leftovers stay', { reason: String(error) });
  });
  desk.registerNeeds().catch((error: unknown) => {
    log.warn('the shared store was not told what is needed', { reason: String(error) });
  });
  const stopWatching = desk.watchForUpdates();
  app.on('second-instance', (_event, argv) => {
    const window = BrowserWindow.getAllWindows()[0];
    const page = pageFromArguments(argv);
    // Only what is behind `#` changes, so the page stays as it is and hears of it.
    if (page !== null) void window?.loadURL(addressOf(devServer ?? pageUrl, page));
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void open(null);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed) return;
    // Running downloads are cancelled properly so that only resumable parts are left.
    event.preventDefault();
    isClosed = true;
    stopWatching();
    void desk.close().finally(() => {
      app.quit();
    });
  });
}
