import { app, BrowserWindow, ipcMain, shell, type IpcMainInvokeEvent } from 'electron';
import { join } from 'node:path';
import type { AppInfo } from '../shared/model/index.ts';
import { chooseFeed, chooseFolder, chooseProfile, chooseTarget } from './app/choose-file.ts';
import { createBackground } from './app/background.ts';
import { createDrops } from './app/drops.ts';
import { createMenus } from './app/menu.ts';
import { addressOf, pageFromArguments } from './app/page-argument.ts';
import { declareScheme, pageUrl, serveScheme } from './app/protocol.ts';
import { isTrustedSender, lockDown, openLink } from './app/security.ts';
import { createReports } from './app/reports.ts';
import { showOnTaskBar } from './app/task-bar.ts';
import { showQuickTasks } from './app/tasks.ts';
import { systemProxy } from './app/system-proxy.ts';
import { loadMainTexts } from './app/texts.ts';
import { createTrayIcon } from './app/tray.ts';
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
  const info = (): Promise<AppInfo> =>
    Promise.resolve({
      version: app.getVersion(),
      electron: process.versions.electron,
      node: process.versions.node,
      platform: process.platform,
      locale: app.getLocale() || 'en',
      configDir: paths.config[0] ?? '',
      cacheDir: paths.cache[0] ?? '',
    });
  const reports = createReports({ desk, info, env: process.env, logDir: paths.state });
  registerCalls(
    createHandlers(desk, {
      info,
      report: (about, crash) => reports.make(about, crash),
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
  const icon = join(root, 'assets/icons/zerodesk.png');
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  const systemLanguages = app.getPreferredSystemLanguages();
  let texts = await loadMainTexts('system', systemLanguages);
  const open = (page: string | null): Promise<BrowserWindow> =>
    openMainWindow({
      page,
      preload: join(root, 'out/preload/preload.cjs'),
      state: desk.state,
      devServer,
      icon,
      isKept: () => !isQuitting && background.keepsWindow(),
      texts: () => texts,
      log,
    });
  /** Brings the window into view, at a page if one is named. */
  const show = (page: string | null): void => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window === undefined) {
      void open(page);
      return;
    }
    // Only what is behind `#` changes, so the page stays as it is and hears of it.
    if (page !== null) void window.loadURL(addressOf(devServer ?? pageUrl, page));
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };
  const background = createBackground({
    desk,
    log,
    tray: createTrayIcon({
      icon,
      onOpen: show,
      onQuit: () => {
        app.quit();
      },
    }),
    // A window that was hidden may still count as focused where nothing took its place.
    isInView: () => BrowserWindow.getFocusedWindow()?.isVisible() === true,
    onOpen: show,
  });
  const applySettings = async (): Promise<void> => {
    const settings = await desk.settings.get();
    applyTheme(settings.theme);
    texts = await loadMainTexts(settings.language, systemLanguages);
    menus.speak(texts);
    showQuickTasks(texts, show);
    background.apply(settings, texts);
  };
  await applySettings();
  desk.onChanged((what) => {
    if (what === 'settings') void applySettings();
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
    show(pageFromArguments(argv));
  });
  app.on('activate', () => {
    show(null);
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
